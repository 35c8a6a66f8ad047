package io.levin.cli;

import io.levin.trainer.FitResult;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code levin fit}: trains a job. */
final class FitVerb implements Verb {
  private static final PrintStream SILENCE = new PrintStream(OutputStream.nullOutputStream());

  @Override
  public String name() {
    return "fit";
  }

  @Override
  public String summary() {
    return "train a model";
  }

  @Override
  public void describe(CommandSpec spec, Session session) {
    describe(spec, session, List.of());
  }

  @Override
  public void describe(CommandSpec spec, Session session, List<String> arguments) {
    JobRun.describe(spec, session, arguments);
  }

  @Override
  public int run(ParseResult parsed, Session session) {
    if (parsed.hasMatchedOption("--print-config")) {
      JobRun.print(parsed, session);
      return ExitCode.OK;
    }
    return JobRun.read(parsed, session)
        .carryOut(
            session,
            (trainer, task) -> {
              FitResult result = trainer.fit(task.module(), task.data());
              boolean speaks = trainer.strategy().isGlobalZero();
              if (result.interrupted() != null) {
                return speaks ? interrupted(result, session) : code(result);
              }
              // On all ranks, as a report may run the model; heard from one.
              task.report(trainer, result, speaks ? session.out() : SILENCE);
              if (speaks) {
                kept(result, session);
              }
              return ExitCode.OK;
            });
  }

  /** Where to look next. */
  private static void kept(FitResult result, Session session) {
    Path report = result.directory().resolve("report.html");
    session.out().printf("%nKept: %s%n", Files.exists(report) ? report : result.directory());
    if (!result.checkpoints().isEmpty()) {
      session.out().printf("      %s%n", result.checkpoints().get(0));
    }
  }

  /**
   * After a signal, the launcher puts the signal's own code in place of a failure's. What becomes
   * of a job that is to be requeued, the Trainer has said.
   */
  private static int interrupted(FitResult result, Session session) {
    session
        .err()
        .printf("levin: Stopped after %d steps: %s.%n", result.globalStep(), result.interrupted());
    boolean isRequeue = result.interrupted().startsWith("requeue");
    if (!isRequeue && !result.checkpoints().isEmpty()) {
      session.err().println("  The same command with --ckpt-path last goes on from there.");
    }
    return code(result);
  }

  private static int code(FitResult result) {
    return result.interrupted().startsWith("requeue") ? ExitCode.REQUEUE : ExitCode.FAILURE;
  }

  /** Metrics by name, a line each. */
  static void print(Map<String, Double> metrics, Session session) {
    new TreeMap<>(metrics)
        .forEach((name, value) -> session.out().printf("%-20s %.6g%n", name, value));
  }
}
