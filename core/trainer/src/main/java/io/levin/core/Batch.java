package io.levin.core;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * One batch and the manager of everything its step makes; closing frees both.
 *
 * @param isExtra whether its samples are another rank's, so that they must not count here
 */
record Batch(NDManager manager, NDList data, boolean isExtra) implements AutoCloseable {

  /** Number of samples that count: the first axis of the first array. */
  double size() {
    if (isExtra) {
      return 0;
    }
    return data.isEmpty() || data.head().getShape().dimension() == 0
        ? 1
        : data.head().getShape().get(0);
  }

  @Override
  public void close() {
    manager.close();
  }
}
