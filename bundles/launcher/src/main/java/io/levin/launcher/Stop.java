package io.levin.launcher;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The wish, of a person or a scheduler, that this process end: SIGINT, SIGTERM, SIGHUP, SIGUSR2, or
 * SIGUSR1 by which a scheduler announces that time is up and the job will be run again.
 *
 * <p>While something is {@link #whileRunning running} that can end well by itself, the first signal
 * only asks it to; otherwise, and at the second signal, the process ends at once. Safe for use by
 * several threads.
 */
public final class Stop {

  /** What is running, from {@link Stop#whileRunning} until closed. */
  public interface Running extends AutoCloseable {
    @Override
    void close();
  }

  private String signal;
  private Consumer<String> asking;

  /**
   * Says that something is running which ends by itself when asked.
   *
   * @param ask asks it to end soon, for the reason it is given, and returns quickly; called at most
   *     once, from another thread, or at once when a signal has come already
   */
  public Running whileRunning(Consumer<String> ask) {
    String came;
    synchronized (this) {
      asking = ask;
      came = signal;
    }
    if (came != null) {
      ask.accept(why(came));
    }
    return this::forget;
  }

  /** Name of the first signal, for example {@code TERM}; empty while none came. */
  public synchronized Optional<String> signal() {
    return Optional.ofNullable(signal);
  }

  /** What SLURM calls RequeueExit: start the same again. */
  public static final int REQUEUE = 75;

  /** The exit code of a process that a signal ended: 130 for INT, 143 for TERM, 75 for USR1. */
  public static int exitCode(String signal) {
    return switch (signal) {
      case "INT" -> 130;
      case "TERM" -> 143;
      case "HUP" -> 129;
      case "USR2" -> 140;
      case "USR1" -> REQUEUE;
      default -> 1;
    };
  }

  /**
   * A signal came.
   *
   * @return whether the process now ends by itself; false when it must be ended
   */
  boolean request(String name) {
    Consumer<String> ask;
    synchronized (this) {
      if (signal != null || asking == null) {
        return false;
      }
      signal = name;
      ask = asking;
    }
    ask.accept(why(name));
    return true;
  }

  private static String why(String signal) {
    return "signal " + signal;
  }

  private synchronized void forget() {
    asking = null;
  }
}
