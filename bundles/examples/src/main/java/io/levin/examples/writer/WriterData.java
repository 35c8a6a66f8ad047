package io.levin.examples.writer;

import io.levin.data.DataModule;
import io.levin.data.Loader;
import java.util.List;

/** Text to learn from in shuffled windows, and text held out. */
record WriterData(Windows learned, Windows heldOut, int batchSize) implements DataModule {
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
}
