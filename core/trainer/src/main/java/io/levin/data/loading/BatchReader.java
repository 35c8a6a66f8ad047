package io.levin.data.loading;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.levin.LevinException;
import io.levin.data.Loader;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Batches of a loader in a sampler's order, from any position; made ahead by one thread where the
 * loader says so. The taker owns each batch's manager; closing the reader frees those made ahead.
 */
public final class BatchReader implements AutoCloseable {
  /**
   * A batch, and the manager that its step may use.
   *
   * @param isExtra whether it repeats what another rank has, for company only
   */
  public record Made(NDManager manager, NDList data, boolean isExtra) {}

  private record Slot(Made batch, Throwable failure) {}

  private final Loader loader;
  private final Sampler sampler;
  private final NDManager parent;
  private final boolean repeats;
  private final long batches;
  private long next;
  private BlockingQueue<Slot> queue;
  private Thread thread;
  private volatile boolean closed;

  /**
   * @param position index of the first batch to give
   * @param repeats whether samples that fill up the ranks' shares count
   * @param parent manager under which each batch gets its own
   */
  public BatchReader(
      Loader loader, Sampler sampler, long position, boolean repeats, NDManager parent) {
    this.repeats = repeats;
    this.loader = loader;
    this.sampler = sampler;
    this.parent = parent;
    this.next = position;
    long size = sampler.size();
    int batchSize = loader.batchSize();
    this.batches = loader.dropLast() ? size / batchSize : (size + batchSize - 1) / batchSize;
    if (loader.prefetch() > 0) {
      startAhead();
    }
  }

  private void startAhead() {
    queue = new ArrayBlockingQueue<>(loader.prefetch());
    long first = next;
    thread = new Thread(() -> makeAhead(first), "levin-loader");
    thread.setDaemon(true);
    thread.start();
  }

  private void makeAhead(long first) {
    for (long index = first; index < batches && !closed; index++) {
      Slot slot;
      try {
        slot = new Slot(make(index), null);
      } catch (RuntimeException | Error e) {
        slot = new Slot(null, e);
      }
      try {
        queue.put(slot);
      } catch (InterruptedException e) {
        free(slot);
        return;
      }
      if (slot.failure() != null) {
        return;
      }
    }
  }

  private Made make(long index) {
    NDManager manager = parent.newSubManager();
    try {
      int size = loader.batchSize();
      long[] samples = repeats ? sampler.batch(index, size) : sampler.ownBatch(index, size);
      boolean isExtra = !repeats && sampler.ownRows(index, size) == 0;
      return new Made(manager, loader.dataset().batch(manager, samples), isExtra);
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  public boolean hasNext() {
    return next < batches;
  }

  /**
   * The next batch; waits for it.
   *
   * @throws LevinException naming the dataset and the batch that could not be made
   */
  public Made next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the epoch has " + batches + " batches");
    }
    Slot slot;
    if (queue == null) {
      try {
        slot = new Slot(make(next), null);
      } catch (RuntimeException e) {
        slot = new Slot(null, e);
      }
    } else {
      try {
        slot = queue.take();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw LevinException.internal("Interrupted while waiting for a batch.", e);
      }
    }
    if (slot.failure() != null) {
      throw failed(slot.failure());
    }
    next++;
    return slot.batch();
  }

  private LevinException failed(Throwable failure) {
    if (failure instanceof LevinException clear) {
      return clear;
    }
    return new LevinException(
        LevinException.Kind.USER,
        "%s could not make batch %d: %s"
            .formatted(loader.dataset().getClass().getSimpleName(), next, failure),
        "Look at its batch method and the samples from index "
            + next * loader.batchSize()
            + " of the epoch's order.",
        failure);
  }

  @Override
  public void close() {
    closed = true;
    if (thread == null) {
      return;
    }
    thread.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    for (Slot slot = queue.poll(); slot != null; slot = queue.poll()) {
      free(slot);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void free(Slot slot) {
    if (slot.batch() != null) {
      slot.batch().manager().close();
    }
  }
}
