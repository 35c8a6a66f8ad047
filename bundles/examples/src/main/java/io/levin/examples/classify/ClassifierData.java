package io.levin.examples.classify;

import io.levin.data.DataModule;
import io.levin.data.Loader;
import java.util.List;

/** Samples to learn from in shuffled batches, and those held out, for everything else. */
public record ClassifierData(Samples learned, Samples heldOut, int batchSize)
    implements DataModule {
  @Override
  public Loader train() {
    return Loader.of(learned.rows(), batchSize).shuffled();
  }

  @Override
  public List<Loader> validation() {
    return List.of(Loader.of(heldOut.rows(), batchSize));
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
