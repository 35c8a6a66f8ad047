package io.levin.data;

import static java.util.Objects.requireNonNull;

/**
 * How a dataset is read: a value; the Trainer makes the seeded, resumable sampler and the
 * prefetching reader from it.
 *
 * @param prefetch batches made ahead by another thread; 0 makes them on the training thread
 */
public record Loader(
    Dataset dataset, int batchSize, boolean shuffle, boolean dropLast, int prefetch) {
  public Loader {
    requireNonNull(dataset, "dataset");
    if (batchSize < 1) {
      throw new IllegalArgumentException("batch size is " + batchSize + ", but must be at least 1");
    }
    if (prefetch < 0) {
      throw new IllegalArgumentException("prefetch is " + prefetch + ", but must not be negative");
    }
  }

  /** In order, the last short batch kept, two batches ahead. */
  public static Loader of(Dataset dataset, int batchSize) {
    return new Loader(dataset, batchSize, false, false, 2);
  }

  public Loader shuffled() {
    return new Loader(dataset, batchSize, true, dropLast, prefetch);
  }

  public Loader droppingLast() {
    return new Loader(dataset, batchSize, shuffle, true, prefetch);
  }

  public Loader prefetching(int batches) {
    return new Loader(dataset, batchSize, shuffle, dropLast, batches);
  }

  /** Number of batches in one pass. */
  public long batches() {
    return dropLast ? dataset.size() / batchSize : (dataset.size() + batchSize - 1) / batchSize;
  }
}
