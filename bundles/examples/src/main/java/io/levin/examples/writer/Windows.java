package io.levin.examples.writer;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.levin.data.Dataset;

/**
 * Pieces of one long text of numbers, each with what follows each of its characters: two int64
 * arrays (N, length).
 */
record Windows(long[] text, int length) implements Dataset {
  @Override
  public long size() {
    return (text.length - 1) / length;
  }

  @Override
  public NDList batch(NDManager manager, long[] indices) {
    long[] inputs = new long[indices.length * length];
    long[] targets = new long[inputs.length];
    for (int i = 0; i < indices.length; i++) {
      int start = (int) indices[i] * length;
      System.arraycopy(text, start, inputs, i * length, length);
      System.arraycopy(text, start + 1, targets, i * length, length);
    }
    Shape shape = new Shape(indices.length, length);
    return new NDList(manager.create(inputs, shape), manager.create(targets, shape));
  }
}
