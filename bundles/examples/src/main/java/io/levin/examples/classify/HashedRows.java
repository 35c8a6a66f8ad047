package io.levin.examples.classify;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.levin.data.Dataset;
import java.util.List;
import java.util.Set;

/**
 * Sets of features as rows (N, width) of 0 and 1: a feature's place is its hash. Rows are made only
 * for the batch at hand, as there are few ones among many zeros.
 */
public final class HashedRows implements Dataset {
  private final int width;
  private final int[][] places;
  private final long[] labels;

  public HashedRows(int width, List<Set<String>> features, long[] labels) {
    this.width = width;
    this.labels = labels;
    this.places =
        features.stream()
            .map(row -> row.stream().mapToInt(this::place).toArray())
            .toArray(int[][]::new);
  }

  private int place(String feature) {
    return Math.floorMod(Split.mixed(feature), width);
  }

  @Override
  public long size() {
    return places.length;
  }

  @Override
  public NDList batch(NDManager manager, long[] indices) {
    float[] rows = new float[indices.length * width];
    long[] classes = new long[indices.length];
    for (int i = 0; i < indices.length; i++) {
      int index = (int) indices[i];
      classes[i] = labels[index];
      for (int place : places[index]) {
        rows[i * width + place] = 1;
      }
    }
    return new NDList(
        manager.create(rows, new Shape(indices.length, width)), manager.create(classes));
  }
}
