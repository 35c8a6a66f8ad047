package io.levin.checkpoint.torch;

import io.levin.checkpoint.Tuple;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes tuples and knows how much each unfolds to: they may be keys, and a key's hash goes through
 * all of it.
 */
final class Tuples {
  private static final int DEEPEST = 200;
  private static final long LARGEST_KEY = 10_000;

  private record Extent(int depth, long size) {}

  private final Input input;
  private final Map<Tuple, Extent> extents = new IdentityHashMap<>();

  Tuples(Input input) {
    this.input = input;
  }

  Tuple of(List<Object> items) {
    Tuple tuple = new Tuple(items);
    int depth = 0;
    long size = 1;
    for (Object item : items) {
      Extent inner = item instanceof Tuple ? extents.get(item) : null;
      depth = Math.max(depth, inner == null ? 0 : inner.depth());
      size = Math.min(size + (inner == null ? 1 : inner.size()), Long.MAX_VALUE / 2);
    }
    if (depth >= DEEPEST) {
      throw input.bad("tuples nested deeper than %d".formatted(DEEPEST));
    }
    extents.put(tuple, new Extent(depth + 1, size));
    return tuple;
  }

  void checkKey(Tuple tuple) {
    Extent extent = extents.get(tuple);
    if (extent != null && extent.size() > LARGEST_KEY) {
      throw input.bad("a key of more than %d values".formatted(LARGEST_KEY));
    }
  }
}
