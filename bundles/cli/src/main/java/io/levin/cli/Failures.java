package io.levin.cli;

import io.levin.LevinException;
import io.levin.MisconfigurationException;
import io.levin.cli.launch.FailureMark;
import io.levin.plan.Conflict;
import java.io.PrintStream;

/** Says what went wrong and what to do, on standard error; a stack trace only when asked for. */
final class Failures {
  private Failures() {}

  /** Reports a failure and gives the exit code for it. */
  static int report(Throwable failure, boolean stackTrace, PrintStream err) {
    FailureMark.print(failure, err);
    LevinException known = known(failure);
    say(known.getMessage(), known.hint(), err);
    if (stackTrace) {
      failure.printStackTrace(err);
    }
    return known instanceof MisconfigurationException ? ExitCode.USAGE : ExitCode.FAILURE;
  }

  static void say(Conflict conflict, PrintStream err) {
    say(conflict.message(), conflict.hint(), err);
  }

  private static void say(String message, String hint, PrintStream err) {
    block("levin: ", message, err);
    if (!hint.isEmpty()) {
      block("  ", hint, err);
    }
  }

  private static LevinException known(Throwable failure) {
    if (failure instanceof LevinException known) {
      return known;
    }
    if (failure instanceof OutOfMemoryError) {
      return LevinException.resource(
          "Java's memory is used up: %s.".formatted(failure.getMessage()),
          "Give it more, for example JAVA_OPTS=-Xmx8g, or make batches smaller.",
          failure);
    }
    return new LevinException(
        LevinException.Kind.INTERNAL,
        "Unexpected failure: %s.".formatted(failure),
        "This is a defect of Levin or of a plugin; --stacktrace shows where.",
        failure);
  }

  /** The first line behind its mark, further lines below it. */
  private static void block(String mark, String text, PrintStream err) {
    err.println(mark + String.join(System.lineSeparator() + "  ", text.lines().toList()));
  }
}
