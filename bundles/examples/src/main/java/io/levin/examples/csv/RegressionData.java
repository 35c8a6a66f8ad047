package io.levin.examples.csv;

import io.levin.data.DataModule;
import io.levin.data.Dataset;
import io.levin.data.Loader;
import java.util.List;

/** Lines to learn from in shuffled batches, and those held out, for everything else. */
record RegressionData(Dataset learned, Dataset heldOut, int batchSize) implements DataModule {
  @Override
  public Loader train() {
    return Loader.of(learned, batchSize).shuffled();
  }

  @Override
  public List<Loader> validation() {
    return List.of(Loader.of(heldOut, batchSize));
  }

  @Override
  public List<Loader> test() {
    return validation();
  }

  @Override
  public List<Loader> predict() {
    return validation();
  }
}
