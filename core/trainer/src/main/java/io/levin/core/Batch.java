package io.levin.core;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** One batch and the manager of everything its step makes; closing frees both. */
record Batch(NDManager manager, NDList data) implements AutoCloseable {

  /** Number of samples: the first axis of the first array. */
  double size() {
    return data.isEmpty() || data.head().getShape().dimension() == 0
        ? 1
        : data.head().getShape().get(0);
  }

  @Override
  public void close() {
    manager.close();
  }
}
