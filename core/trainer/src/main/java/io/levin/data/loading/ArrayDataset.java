package io.levin.data.loading;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.levin.data.Dataset;

/** Samples in memory: one row of numbers each, and a class or a target. */
public final class ArrayDataset implements Dataset {
  private final float[][] rows;
  private final long[] labels;
  private final float[][] targets;

  private ArrayDataset(float[][] rows, long[] labels, float[][] targets) {
    int others = labels != null ? labels.length : targets.length;
    if (rows.length != others) {
      throw new IllegalArgumentException(
          "%d rows, but %d labels or targets".formatted(rows.length, others));
    }
    this.rows = rows;
    this.labels = labels;
    this.targets = targets;
  }

  /** Batches of rows (N, width) in float32 and classes (N) in int64. The arrays are not copied. */
  public static ArrayDataset classes(float[][] rows, long[] labels) {
    return new ArrayDataset(rows, labels, null);
  }

  /**
   * Batches of rows (N, width) and targets (N, height), both in float32. The arrays are not copied.
   */
  public static ArrayDataset targets(float[][] rows, float[][] targets) {
    return new ArrayDataset(rows, null, targets);
  }

  @Override
  public long size() {
    return rows.length;
  }

  @Override
  public NDList batch(NDManager manager, long[] indices) {
    NDList batch = new NDList(2);
    batch.add(manager.create(gather(rows, indices), shape(rows, indices)));
    if (labels != null) {
      long[] own = new long[indices.length];
      for (int i = 0; i < own.length; i++) {
        own[i] = labels[(int) indices[i]];
      }
      batch.add(manager.create(own));
    } else {
      batch.add(manager.create(gather(targets, indices), shape(targets, indices)));
    }
    return batch;
  }

  private static Shape shape(float[][] from, long[] indices) {
    return new Shape(indices.length, from[0].length);
  }

  private static float[] gather(float[][] from, long[] indices) {
    int width = from[0].length;
    float[] flat = new float[indices.length * width];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(from[(int) indices[i]], 0, flat, i * width, width);
    }
    return flat;
  }
}
