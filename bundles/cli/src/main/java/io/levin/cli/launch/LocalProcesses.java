package io.levin.cli.launch;

import io.levin.LevinException;
import io.levin.plan.Plan;
import io.levin.plan.Surroundings;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The processes of a run on this machine: this one, which is the first of them, and the others,
 * which it starts with the same command line. They end when this one ends, however it does: each
 * watches its standard input, which nobody else holds open.
 *
 * <p>When one of them fails, the others hear of it from their process group and fail too. One that
 * does not, because it hangs, is ended by force after a while.
 */
public final class LocalProcesses implements AutoCloseable {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
  private static final long PATIENCE_AT_THE_END = TimeUnit.MINUTES.toNanos(5);
  private static final long LAST_WORDS = TimeUnit.SECONDS.toNanos(3);

  private final Places places;
  private final Surroundings surroundings;
  private final FirstFailure first = new FirstFailure();
  private final List<Child> children = new ArrayList<>();
  private final PrintStream err;
  private volatile boolean isEnding;

  private LocalProcesses(Places places, Surroundings here, PrintStream err) {
    this.places = places;
    this.surroundings = places.surroundings(here, 0);
    this.err = err;
  }

  /**
   * Starts them, where the plan has several processes and nobody else does.
   *
   * @param arguments of this process's command line
   */
  public static Optional<LocalProcesses> start(
      Plan plan, Surroundings here, List<String> arguments, PrintStream out, PrintStream err) {
    if (!Places.areOurs(plan)) {
      return Optional.empty();
    }
    Places places = Places.of(plan, here);
    LocalProcesses processes = new LocalProcesses(places, here, err);
    String parent = "levin.parent=" + ProcessHandle.current().pid();
    List<String> command = Jvm.command(parent, arguments);
    try {
      for (int local = 1; local < places.local(); local++) {
        processes.add(
            Child.start(
                places.rank(local),
                command,
                places.variables(local),
                out,
                err,
                processes.listener(places.rank(local))));
      }
      return Optional.of(processes);
    } catch (IOException e) {
      processes.close();
      throw LevinException.resource(
          "Cannot start another process: %s.".formatted(e.getMessage()),
          "Look at the limits of processes and memory, or give fewer --devices.",
          e);
    }
  }

  private java.util.function.Consumer<Boolean> listener(int rank) {
    return isOwn -> first.fails(rank, isOwn);
  }

  private void add(Child child) {
    children.add(child);
    child.whenEnded(code -> ended(child, code));
  }

  /** Of this process, as if another had started it too. */
  public Surroundings surroundings() {
    return surroundings;
  }

  private void ended(Child child, int code) {
    if (code == 0 || isEnding) {
      return;
    }
    first.ended(child.rank(), code);
    Thread guard = new Thread(() -> guard(patience(code)), "levin-guard");
    guard.setDaemon(true);
    guard.start();
  }

  /**
   * A process that was told to end does so with all others; rank 0 then has a checkpoint to write.
   */
  private static long patience(int code) {
    return code == 130 || code == 143 || code == 75 ? PATIENCE_AT_THE_END : PATIENCE;
  }

  /** This process, too, may hang where it does not hear of the others. */
  private void guard(long patience) {
    try {
      TimeUnit.NANOSECONDS.sleep(patience);
    } catch (InterruptedException e) {
      return;
    }
    if (!isEnding) {
      close();
      err.printf("levin: %s Rank %d did not end with it.%n", first.sentence(), places.rank(0));
      System.exit(first.code());
    }
  }

  /**
   * Waits for the others to end as well, and says who failed first, if anybody did.
   *
   * @param own exit code of this process so far
   * @param failure what it failed with; null if it did not
   * @return the exit code for all: that of the first to fail
   */
  public int end(int own, Throwable failure) {
    if (failure != null) {
      first.fails(places.rank(0), !FailureMark.isOfOthers(failure));
      first.ended(places.rank(0), own);
    }
    long deadline = System.nanoTime() + PATIENCE;
    for (Child child : children) {
      try {
        if (child.awaitEnd(Math.max(1, deadline - System.nanoTime()))) {
          if (child.code() != 0) {
            first.ended(child.rank(), child.code());
          }
        } else {
          err.printf("levin: Rank %d does not end; it is ended by force.%n", child.rank());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    close();
    // Told to end, all of them end with codes that say so
    boolean isStopped = failure == null && own != 0;
    if (isStopped || !first.isKnown()) {
      return own;
    }
    err.println("levin: " + first.sentence());
    return first.code();
  }

  @Override
  public void close() {
    isEnding = true;
    children.stream().filter(Child::isAlive).forEach(Child::terminate);
    long deadline = System.nanoTime() + LAST_WORDS;
    for (Child child : children) {
      try {
        if (child.isAlive() && !child.awaitEnd(Math.max(1, deadline - System.nanoTime()))) {
          child.kill();
        }
      } catch (InterruptedException e) {
        child.kill();
        Thread.currentThread().interrupt();
      }
    }
  }
}
