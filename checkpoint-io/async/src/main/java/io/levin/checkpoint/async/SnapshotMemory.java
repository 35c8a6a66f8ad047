package io.levin.checkpoint.async;

import com.sun.jna.Memory;
import io.levin.LevinException;

/**
 * Memory outside of the heap for a bounded number of snapshots. One that is given back is kept for
 * the next, which then touches no fresh page; all of it is freed when this is closed.
 */
final class SnapshotMemory implements AutoCloseable {
  private final int most;
  private int used;
  private Memory spare;
  private boolean isClosed;

  /**
   * @param most how many at once, at least 1
   */
  SnapshotMemory(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("%d snapshots at once".formatted(most));
    }
    this.most = most;
  }

  /**
   * Waits until there may be one more.
   *
   * @param bytes at least 1
   */
  synchronized Memory take(long bytes) {
    try {
      while (used >= most) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LevinException.resource(
          "Interrupted before a checkpoint could be kept.", "Run it again.", e);
    }
    Memory memory = spare;
    spare = null;
    boolean fits = memory != null && memory.size() >= bytes && memory.size() / 2 <= bytes;
    if (!fits) {
      free(memory);
      memory = allocate(bytes);
    }
    used++;
    return memory;
  }

  private static Memory allocate(long bytes) {
    try {
      return new Memory(bytes);
    } catch (OutOfMemoryError e) {
      throw LevinException.resource(
          "There is no memory for a copy of the checkpoint, %d bytes.".formatted(bytes),
          "Leave out AsyncCheckpointIO: it needs as much memory as the checkpoint has.",
          e);
    }
  }

  synchronized void giveBack(Memory memory) {
    used--;
    if (isClosed || spare != null) {
      free(memory);
    } else {
      spare = memory;
    }
    notifyAll();
  }

  /** Bytes that are held for the next one. */
  synchronized long spareBytes() {
    return spare == null ? 0 : spare.size();
  }

  synchronized int used() {
    return used;
  }

  private static void free(Memory memory) {
    if (memory != null) {
      memory.close();
    }
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    free(spare);
    spare = null;
  }
}
