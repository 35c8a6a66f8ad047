package io.levin.strategy;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.types.Shape;

/**
 * The part of an array that one rank holds: whole rows of its first axis, which may be none. An
 * array without axes counts as one row, and its part has the shape (1) or (0).
 *
 * @param whole shape of the array
 * @param first row, from 0
 * @param end the row after the last
 */
public record Shard(Shape whole, long first, long end) {
  public Shard {
    requireNonNull(whole, "whole");
    if (first < 0 || end < first || end > rows(whole)) {
      throw new IllegalArgumentException("rows %d to %d of %s".formatted(first, end, whole));
    }
  }

  /** What one of several ranks has: all have the same number of rows, but for the last. */
  public static Shard of(Shape whole, int rank, int ranks) {
    long each = (rows(whole) + ranks - 1) / ranks;
    return new Shard(
        whole, Math.min(rank * each, rows(whole)), Math.min((rank + 1) * each, rows(whole)));
  }

  private static long rows(Shape whole) {
    return whole.dimension() == 0 ? 1 : whole.get(0);
  }

  /** Shape of the part. */
  public Shape part() {
    Shape row = whole.dimension() == 0 ? whole : whole.slice(1);
    return new Shape(end - first).addAll(row);
  }

  /** Elements of one row. */
  public long width() {
    return rows(whole) == 0 ? 0 : whole.size() / rows(whole);
  }
}
