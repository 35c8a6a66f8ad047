package io.levin.core;

import io.levin.LevinException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lends a backend to calls, and closes one that has left when its last call is done. Changing who
 * is there takes the lock for a few instructions: nobody waits for what the change needed.
 * Thread-safe.
 */
final class Leases {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointSlot.class);

  /** How long calls wait for a backend, and how long a leaving one is waited for. */
  record Patience(Duration none, Duration drain) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(60));
  }

  private final Patience patience;
  private final SlotStatistics statistics;
  // Fair, so that neither who saves all the time nor who brings backends waits for ever.
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private final List<Path> durable = new ArrayList<>();

  /** The present one, and those before it whose calls, or writes, are not all done. */
  private final List<Backend> open = new ArrayList<>();

  private Backend current;
  private Backend last;
  private RuntimeException failure;

  Leases(Backend first, Patience patience, SlotStatistics statistics) {
    this.current = first;
    this.last = first;
    this.patience = patience;
    this.statistics = statistics;
    open.add(first);
  }

  /**
   * The present backend, for one call. What one that has left still writes behind is waited for:
   * checkpoints come to disk in the order in which they were saved.
   *
   * @throws LevinException when there was none for too long, or the failure of such a write
   */
  Backend acquire() {
    long start = System.nanoTime();
    lock.lock();
    try {
      boolean isHeldUp = awaitWrites() | current == null;
      long left = patience.none().toNanos();
      while (current == null) {
        if (left <= 0) {
          throw LevinException.environment(
              "No CheckpointIO has been there for %d s: %s was removed, and nothing came in its place."
                  .formatted(patience.none().toSeconds(), last),
              "Put a bundle that offers one into the plugins folder; the run's last checkpoint is"
                  + " as it was.");
        }
        left = await(left);
      }
      tellFailure();
      current.leases++;
      statistics.waited(System.nanoTime() - start, isHeldUp);
      return current;
    } finally {
      lock.unlock();
    }
  }

  /** Whether there was something to wait for. */
  private boolean awaitWrites() {
    long left = patience.drain().toNanos();
    boolean isHeldUp = false;
    while (left > 0 && open.stream().anyMatch(Backend::stillWrites)) {
      isHeldUp = true;
      left = await(left);
    }
    return isHeldUp;
  }

  private long await(long nanos) {
    try {
      return changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LevinException.environment(
          "Interrupted while waiting for a CheckpointIO.", "Run it again.");
    }
  }

  private void tellFailure() {
    if (failure != null) {
      RuntimeException told = failure;
      failure = null;
      throw told;
    }
  }

  void release(Backend backend) {
    lock.lock();
    try {
      backend.leases--;
    } finally {
      lock.unlock();
    }
    closeIfDone(backend);
  }

  /** Takes a backend from the next call on. */
  void put(Backend backend) {
    Backend before;
    Backend until;
    lock.lock();
    try {
      before = current;
      until = last;
      current = backend;
      last = backend;
      open.add(backend);
      if (before != null) {
        before.isRetired = true;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    LOG.info("checkpoints go to {} from here on; until now, to {}", backend, until);
    statistics.swapped();
    if (before != null) {
      closeIfDone(before);
    }
  }

  /** Takes a backend out of use. */
  void retire(Backend backend) {
    lock.lock();
    try {
      backend.isRetired = true;
      if (current == backend) {
        current = null;
      }
    } finally {
      lock.unlock();
    }
    closeIfDone(backend);
  }

  /** Without the lock, since a backend may have much to write. */
  private void closeIfDone(Backend backend) {
    lock.lock();
    try {
      if (!backend.isRetired || backend.leases > 0 || backend.isClosing) {
        return;
      }
      backend.isClosing = true;
    } finally {
      lock.unlock();
    }
    List<Path> written = new ArrayList<>();
    RuntimeException failed = null;
    try {
      backend.close(written);
    } catch (RuntimeException e) {
      if (backend.stillWrites()) {
        failed = e; // of a save whose caller went on: the next call is told
      } else {
        LOG.warn("{} could not be closed: {}", backend, e.getMessage());
      }
    }
    lock.lock();
    try {
      failure = failure == null ? failed : failure;
      durable.addAll(written);
      open.remove(backend);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits, within bounds, until a retired backend has done all it was asked to. */
  void drain(Backend leaving) {
    lock.lock();
    try {
      if (!open.contains(leaving)) {
        return;
      }
      long start = System.nanoTime();
      long left = patience.drain().toNanos();
      while (open.contains(leaving) && left > 0) {
        left = await(left);
      }
      boolean isForced = open.contains(leaving);
      statistics.drained(System.nanoTime() - start, isForced);
      if (isForced) {
        LOG.warn(
            "{} goes in the middle of {} call(s), which took too long", leaving, leaving.leases);
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isRetired(Backend backend) {
    lock.lock();
    try {
      return backend.isRetired;
    } finally {
      lock.unlock();
    }
  }

  /** The present one; null while there is none. */
  Backend current() {
    lock.lock();
    try {
      return current;
    } finally {
      lock.unlock();
    }
  }

  /** Who holds the place, or held it last. */
  Backend last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** All whose calls, or writes, are not done. */
  List<Backend> open() {
    lock.lock();
    try {
      return List.copyOf(open);
    } finally {
      lock.unlock();
    }
  }

  /** What backends that have left brought to disk since this was last asked. */
  List<Path> durable() {
    lock.lock();
    try {
      List<Path> since = List.copyOf(durable);
      durable.clear();
      return since;
    } finally {
      lock.unlock();
    }
  }

  /** Closes everything; throws what no call has been told of. */
  void close() {
    for (Backend backend : open()) {
      retire(backend);
      drain(backend);
    }
    lock.lock();
    try {
      tellFailure();
    } finally {
      lock.unlock();
    }
  }
}
