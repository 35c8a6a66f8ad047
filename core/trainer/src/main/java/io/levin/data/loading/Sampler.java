package io.levin.data.loading;

import java.util.SplittableRandom;

/**
 * The order of samples in an epoch: a pure function of seed and epoch, so that a run resumes from
 * its position alone.
 *
 * <p>Shuffling is Fisher and Yates's, drawing from {@link SplittableRandom} (whose algorithm the
 * JDK specifies) seeded with {@code seed * 0x9E3779B97F4A7C15 + epoch}. This never changes:
 * checkpoints rely on it. With several ranks each takes every {@code worldSize}-th sample; the tail
 * is filled with samples from the start so that all ranks have the same number of batches. They
 * count when training; an evaluation leaves them out, so that every sample counts once.
 */
public final class Sampler {
  private final long[] order;
  private final int counted;

  public Sampler(long size, boolean shuffle, long seed, int epoch, int rank, int worldSize) {
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("more than 2^31 samples: " + size);
    }
    long[] all = new long[(int) size];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    if (shuffle) {
      SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + epoch);
      for (int i = all.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        long swapped = all[i];
        all[i] = all[j];
        all[j] = swapped;
      }
    }
    order = worldSize == 1 ? all : share(all, rank, worldSize);
    counted = (all.length - rank + worldSize - 1) / worldSize;
  }

  private static long[] share(long[] all, int rank, int worldSize) {
    long[] own = new long[(all.length + worldSize - 1) / worldSize];
    for (int i = 0; i < own.length; i++) {
      own[i] = all[(int) (((long) i * worldSize + rank) % all.length)];
    }
    return own;
  }

  /** Number of samples of this rank. */
  public int size() {
    return order.length;
  }

  /**
   * The same without the samples that other ranks have too; where nothing is left, one of them
   * stays, as every rank must have a batch to go on with.
   */
  public long[] ownBatch(long index, int batchSize) {
    long[] batch = batch(index, batchSize);
    int own = ownRows(index, batchSize);
    return own == batch.length
        ? batch
        : java.util.Arrays.copyOf(batch, Math.min(batch.length, Math.max(1, own)));
  }

  /** How many samples of a batch no other rank has. */
  public int ownRows(long index, int batchSize) {
    long from = index * batchSize;
    return (int) Math.max(0, Math.min(counted, from + batchSize) - from);
  }

  /** Indices of one batch; the last one may be short. */
  public long[] batch(long index, int batchSize) {
    int from = (int) Math.min(order.length, index * batchSize);
    int to = Math.min(order.length, from + batchSize);
    return java.util.Arrays.copyOfRange(order, from, to);
  }
}
