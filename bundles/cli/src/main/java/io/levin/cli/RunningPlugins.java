package io.levin.cli;

import io.levin.LevinException;
import io.levin.cli.control.RunningFit;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits until the runs of this distribution have seen what changed in the folder of plugins. */
final class RunningPlugins {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int EVERY_MILLIS = 100;

  private RunningPlugins() {}

  /** The runs that take their plugins from the same folder. */
  static List<RunningFit> ofThis(Session session) {
    Path home = session.home().toAbsolutePath().normalize();
    return RunningFit.all().stream().filter(fit -> fit.home().equals(home.toString())).toList();
  }

  /**
   * Waits, and says of each run how it took it.
   *
   * @param sha256 of the file that has come; empty when one has gone
   * @return the exit code
   */
  static int await(Session session, String file, Optional<String> sha256) {
    int code = ExitCode.OK;
    for (RunningFit fit : ofThis(session)) {
      String against = wait(fit, file, sha256, session.out());
      code = against.isEmpty() ? code : ExitCode.FAILURE;
    }
    return code;
  }

  /** Gives what went wrong, or an empty text. */
  private static String wait(
      RunningFit fit, String file, Optional<String> sha256, PrintStream out) {
    String against;
    try {
      long until = System.nanoTime() + PATIENCE.toNanos();
      Optional<RunningFit.Taken> taken = fit.taken(file);
      while (!isSeen(taken, sha256) && System.nanoTime() < until) {
        pause();
        taken = fit.taken(file);
      }
      against =
          isSeen(taken, sha256)
              ? taken.map(RunningFit.Taken::trouble).orElse("")
              : "it has not seen it yet; look at its output.";
    } catch (LevinException e) {
      out.printf("Run %s has ended.%n", fit);
      return "";
    }
    out.printf(
        "Run %s %s%n",
        fit,
        !against.isEmpty()
            ? "does not have it: " + against
            : sha256.isPresent() ? "has it." : "no longer has it.");
    return against;
  }

  private static boolean isSeen(Optional<RunningFit.Taken> taken, Optional<String> sha256) {
    return taken.map(RunningFit.Taken::sha256).equals(sha256);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
