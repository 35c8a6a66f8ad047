package io.levin.core;

import ai.djl.ndarray.NDManager;
import io.levin.data.Loader;
import io.levin.data.loading.BatchReader;
import io.levin.data.loading.Sampler;
import io.levin.strategy.Strategy;
import io.levin.torch.Transfer;

/** Opens loaders as streams of batches, each rank its own share. */
final class Streams {
  private Streams() {}

  static BatchStream open(
      Loader loader, long seed, int epoch, long position, NDManager manager, Strategy strategy) {
    return open(loader, seed, epoch, position, true, manager, strategy);
  }

  private static BatchStream open(
      Loader loader,
      long seed,
      int epoch,
      long position,
      boolean repeats,
      NDManager manager,
      Strategy strategy) {
    Sampler sampler =
        new Sampler(
            loader.dataset().size(),
            loader.shuffle(),
            seed,
            epoch,
            strategy.globalRank(),
            strategy.worldSize());
    if (!Transfer.isDirect(manager.getDevice())) {
      return new TransferredBatches(loader, sampler, position, repeats, manager);
    }
    BatchReader reader = new BatchReader(loader, sampler, position, repeats, manager);
    return new BatchStream() {
      @Override
      public Batch next() {
        BatchReader.Made made = reader.next();
        return new Batch(made.manager(), made.data(), made.isExtra());
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }

  /** Every sample once. */
  static BatchStream ordered(Loader loader, NDManager manager, Strategy strategy) {
    Loader inOrder =
        new Loader(
            loader.dataset(), loader.batchSize(), false, loader.dropLast(), loader.prefetch());
    return open(inOrder, 0, 0, 0, false, manager, strategy);
  }
}
