package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.levin.collective.ProcessGroup;
import io.levin.data.Loader;

/**
 * Puts what the ranks have made of their shares of a batch together again, in the order of the
 * data: ranks take turns with the samples.
 */
final class Shares {
  private final ProcessGroup ranks;
  private final NDManager manager;
  private final long size;
  private final int batchSize;

  Shares(DefaultTrainer trainer, Loader loader) {
    this.ranks = trainer.strategy().group();
    this.manager = trainer.manager();
    this.size = loader.dataset().size();
    this.batchSize = loader.batchSize();
  }

  /**
   * All rows of a batch, on every rank. An array without a row for each sample stays this rank's.
   *
   * @param own with a row for each sample of this rank; closed where another takes its place
   */
  NDList together(NDList own, int batchIndex) {
    if (ranks.size() == 1) {
      return own;
    }
    int most = rows(0, batchIndex);
    int mine = rows(ranks.rank(), batchIndex);
    int all = 0;
    for (int rank = 0; rank < ranks.size(); rank++) {
      all += rows(rank, batchIndex);
    }
    NDList together = new NDList();
    for (NDArray array : own) {
      boolean hasRows =
          array.getShape().dimension() > 0 && array.getShape().get(0) == Math.max(1, mine);
      together.add(hasRows ? interleaved(array, most, all) : array);
    }
    return together;
  }

  private int rows(int rank, long batchIndex) {
    long whole = (size - rank + ranks.size() - 1) / ranks.size();
    long from = batchIndex * batchSize;
    return (int) Math.max(0, Math.min(whole, from + batchSize) - from);
  }

  private NDArray interleaved(NDArray array, int most, int all) {
    try (NDManager scope = manager.newSubManager();
        NDArray closing = array) {
      long[] shape = closing.getShape().getShape();
      NDArray rows = closing;
      if (shape[0] < most) {
        shape[0] = most - shape[0];
        NDArray padding = scope.zeros(new Shape(shape), closing.getDataType());
        rows = closing.concat(padding, 0);
        rows.attach(scope);
      }
      NDArray byRank = ranks.allGather(rows);
      byRank.attach(scope);
      NDArray inOrder = byRank.swapAxes(0, 1);
      inOrder.attach(scope);
      shape[0] = (long) most * ranks.size();
      NDArray flat = inOrder.reshape(new Shape(shape));
      flat.attach(scope);
      NDArray result = flat.get(":" + all).duplicate();
      result.detach();
      return result;
    }
  }
}
