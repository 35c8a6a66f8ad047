package io.levin.core;

import io.levin.LevinException;
import io.levin.arguments.PluginReference;
import io.levin.checkpoint.CheckpointIO;
import io.levin.plan.Offer;
import io.levin.plan.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of a run's CheckpointIO, whose holder may change while the run goes on: a better one
 * arrives, the present one is updated or removed, somebody asks for another.
 *
 * <p>Every call takes a lease on the present backend. One that leaves finishes its leases first:
 * its bundle is held up for so long, within bounds. While there is none, calls wait, within bounds.
 * A call that fails on a backend taken out of use meanwhile is made again on its successor: what a
 * backend writes is there whole or not at all. Thread-safe.
 */
final class CheckpointSlot implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointSlot.class);
  private static final int MOST_TRIES = 5;

  /** How long calls wait for a backend, and how long a leaving one is waited for. */
  record Patience(Duration none, Duration drain) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(60));
  }

  private final NextBackend next;
  private final Patience patience;
  // Fair, so that neither who saves all the time nor who brings backends waits for ever.
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private final SlotStatistics statistics = new SlotStatistics();
  private final List<Path> durable = new ArrayList<>();

  /** The present one, and those before it whose calls are not all done. */
  private final List<Backend> open = new ArrayList<>();

  private Backend current;
  private Backend last;

  /**
   * @param plan whose CheckpointIO is the first
   */
  CheckpointSlot(BackendChoice choice, Plan plan, Patience patience) {
    this.next = new NextBackend(choice);
    this.patience = patience;
    this.current = choice.make(plan);
    this.last = current;
    open.add(current);
  }

  /**
   * Calls the present backend.
   *
   * @throws LevinException when there was none for too long, or what the backend throws
   */
  <T> T use(Function<CheckpointIO, T> call) {
    return use(call, 1);
  }

  private <T> T use(Function<CheckpointIO, T> call, int tries) {
    long start = System.nanoTime();
    Backend backend = acquire();
    try {
      return call.apply(backend.io);
    } catch (RuntimeException | LinkageError e) {
      if (!mayRetry(backend, e) || tries == MOST_TRIES) {
        throw e;
      }
      LOG.info("{} was taken out of use during a call, which is made again: {}", backend, e + "");
      statistics.retried();
    } finally {
      release(backend);
      statistics.called(System.nanoTime() - start);
    }
    return use(call, tries + 1);
  }

  /** A backend whose classes are broken is taken out of use, where there is another. */
  private boolean mayRetry(Backend backend, Throwable failure) {
    lock.lock();
    try {
      if (failure instanceof LinkageError && !backend.isRetired && next.isThereAnother(backend)) {
        LOG.warn("{} is broken and taken out of use: {}", backend, failure + "");
        retire(backend);
      }
      return backend.isRetired;
    } finally {
      lock.unlock();
    }
  }

  private Backend acquire() {
    lock.lock();
    try {
      long left = patience.none().toNanos();
      settle();
      while (current == null) {
        if (left <= 0) {
          throw LevinException.environment(
              "No CheckpointIO has been there for %d s: %s was removed, and nothing came in its place."
                  .formatted(patience.none().toSeconds(), last),
              "Put a bundle that offers one into the plugins folder; the run's last checkpoint is"
                  + " as it was.");
        }
        left = await(left);
        settle();
      }
      current.leases++;
      return current;
    } finally {
      lock.unlock();
    }
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

  /** Puts the best backend there is into the slot, where offers have changed since. */
  private void settle() {
    next.due(current).ifPresent(this::take);
  }

  private void take(Backend backend) {
    if (current != null) {
      retire(current);
    }
    LOG.info("checkpoints go to {} from here on; until now, to {}", backend, last);
    statistics.swapped();
    current = backend;
    last = backend;
    open.add(backend);
    changed.signalAll();
  }

  /** Closed by whoever releases it last; now, when nobody uses it. */
  private void retire(Backend backend) {
    backend.isRetired = true;
    if (current == backend) {
      current = null;
    }
    if (backend.leases == 0) {
      close(backend);
    }
  }

  private void close(Backend backend) {
    open.remove(backend);
    try {
      backend.close(durable);
    } catch (LevinException e) {
      LOG.warn("{} could not be closed: {}", backend, e.getMessage());
    }
  }

  private void release(Backend backend) {
    lock.lock();
    try {
      backend.leases--;
      if (backend.isRetired && backend.leases == 0) {
        close(backend);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Offers have come: the next call looks whether a better one is among them. */
  void arrived() {
    lock.lock();
    try {
      next.look();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** An offer goes; its backend's calls under way are waited for. */
  void withdrawn(Offer<?> offer) {
    lock.lock();
    try {
      next.look();
      for (Backend backend : List.copyOf(open)) {
        if (backend.needs(offer)) {
          LOG.info("{} is withdrawn", backend);
          retire(backend);
          drain(backend);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void drain(Backend leaving) {
    if (leaving.leases == 0) {
      return;
    }
    long start = System.nanoTime();
    long left = patience.drain().toNanos();
    while (leaving.leases > 0 && left > 0) {
      left = await(left);
    }
    statistics.drained(System.nanoTime() - start, leaving.leases > 0);
    if (leaving.leases > 0) {
      LOG.warn("{} goes in the middle of {} call(s), which took too long", leaving, leaving.leases);
    }
  }

  /**
   * Takes a plugin that somebody asks for, from the next call on; the same one stays when others
   * come.
   *
   * @throws LevinException saying why it cannot be had; nothing changes then
   */
  void prefer(PluginReference plugin) {
    lock.lock();
    try {
      Backend asked = next.require(plugin, current);
      if (asked != current) {
        take(asked);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Who holds it, or held it last. */
  String holder() {
    lock.lock();
    try {
      return last.toString();
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

  SlotStatistics statistics() {
    return statistics;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      current = null;
      RuntimeException failure = null;
      for (Backend backend : List.copyOf(open)) {
        backend.isRetired = true;
        try {
          backend.close(durable);
        } catch (RuntimeException e) {
          failure = e; // of a write that nobody has been told of yet
        }
      }
      open.clear();
      if (failure != null) {
        throw failure;
      }
    } finally {
      lock.unlock();
    }
  }
}
