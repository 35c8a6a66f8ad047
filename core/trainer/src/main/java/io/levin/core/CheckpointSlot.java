package io.levin.core;

import io.levin.arguments.PluginReference;
import io.levin.checkpoint.CheckpointIO;
import io.levin.plan.Offer;
import io.levin.plan.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of a run's CheckpointIO, whose holder may change while the run goes on: a better one
 * arrives, the present one is updated or removed, somebody asks for another.
 *
 * <p>Every call takes a lease on the present backend. Who brings a change finds and makes the
 * successor, while calls go on with the present one; a backend that leaves finishes its leases
 * first, for which its bundle is held up, within bounds. While there is none, calls wait, within
 * bounds. A call that fails on a backend taken out of use meanwhile is made again on its successor:
 * what a backend writes is there whole or not at all. Thread-safe.
 */
final class CheckpointSlot implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointSlot.class);
  private static final int MOST_TRIES = 5;

  private final NextBackend next;
  private final SlotStatistics statistics = new SlotStatistics();
  private final Leases leases;

  /** Of who changes something; those who call the backend never wait for it. */
  private final ReentrantLock changing = new ReentrantLock();

  private boolean isClosed;

  /**
   * @param plan whose CheckpointIO is the first, and whose other parts stay
   */
  CheckpointSlot(BackendChoice choice, Plan plan, Leases.Patience patience) {
    this.next = new NextBackend(choice.of(plan));
    this.leases = new Leases(choice.make(plan), patience, statistics);
  }

  /**
   * Calls the present backend.
   *
   * @throws io.levin.LevinException when there was none for too long, or what the backend throws
   */
  <T> T use(Function<CheckpointIO, T> call) {
    return use(call, 1);
  }

  private <T> T use(Function<CheckpointIO, T> call, int tries) {
    long start = System.nanoTime();
    Backend backend = leases.acquire();
    try {
      return call.apply(backend.io);
    } catch (RuntimeException | LinkageError e) {
      if (!mayRetry(backend, e) || tries == MOST_TRIES) {
        throw e;
      }
      LOG.info("{} was taken out of use during a call, which is made again: {}", backend, e + "");
      statistics.retried();
    } finally {
      leases.release(backend);
      statistics.called(System.nanoTime() - start);
    }
    return use(call, tries + 1);
  }

  /** A backend whose classes are broken is taken out of use, where there is another. */
  private boolean mayRetry(Backend backend, Throwable failure) {
    if (failure instanceof LinkageError && !leases.isRetired(backend)) {
      change(
          () -> {
            if (!leases.isRetired(backend) && next.isThereAnother(backend)) {
              LOG.warn("{} is broken and taken out of use: {}", backend, failure + "");
              replace(backend);
            }
          });
    }
    return leases.isRetired(backend);
  }

  private void change(Runnable change) {
    changing.lock();
    try {
      if (!isClosed) {
        change.run();
      }
    } finally {
      changing.unlock();
    }
  }

  /** Offers have come: a better one may be among them. */
  void arrived() {
    change(
        () -> {
          next.look();
          next.due(leases.current()).ifPresent(leases::put);
        });
  }

  /** An offer goes; its backend's calls under way are waited for. */
  void withdrawn(Offer<?> offer) {
    change(
        () -> {
          next.look();
          Backend current = leases.current();
          if (current != null && current.needs(offer)) {
            LOG.info("{} is withdrawn", current);
            replace(current);
          } else {
            next.due(current).ifPresent(leases::put);
          }
        });
    leases.open().stream().filter(backend -> backend.needs(offer)).forEach(leases::drain);
  }

  /** The successor comes first, so that nobody has to wait for one. */
  private void replace(Backend leaving) {
    next.due(null).ifPresentOrElse(leases::put, () -> leases.retire(leaving));
  }

  /**
   * Takes a plugin that somebody asks for, from the next call on; the same one stays when others
   * come.
   *
   * @throws io.levin.LevinException saying why it cannot be had; nothing changes then
   */
  void prefer(PluginReference plugin) {
    change(
        () -> {
          Backend present = leases.current();
          Backend asked = next.require(plugin, present);
          if (asked != present) {
            leases.put(asked);
          }
        });
  }

  /** Who holds it, or held it last. */
  String holder() {
    return leases.last().toString();
  }

  /** What backends that have left brought to disk since this was last asked. */
  List<Path> durable() {
    return leases.durable();
  }

  SlotStatistics statistics() {
    return statistics;
  }

  @Override
  public void close() {
    change(() -> isClosed = true);
    leases.close();
  }
}
