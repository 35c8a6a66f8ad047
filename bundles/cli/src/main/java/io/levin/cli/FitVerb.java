package io.levin.cli;

import io.levin.job.Job;
import io.levin.launcher.Stop;
import io.levin.plan.Surroundings;
import io.levin.trainer.FitResult;
import io.levin.trainer.Trainer;
import io.levin.trainer.Trainers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code levin fit}: trains a job. */
final class FitVerb implements Verb {
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
    JobRun.describe(spec, session);
  }

  @Override
  public int run(ParseResult parsed, Session session) {
    if (parsed.hasMatchedOption("--print-config")) {
      JobRun.print(parsed, session);
      return ExitCode.OK;
    }
    JobRun run = JobRun.read(parsed, session);
    Trainers trainers = session.services().trainers();
    Surroundings here = Surroundings.here();
    // What cannot be planned is said before any data is read
    trainers.plan(run.arguments(), here).orThrow();
    Job.Task task = run.job().prepare(run.options());
    try (Trainer trainer = trainers.create(run.arguments(), here, List.of());
        Stop.Running running = session.stop().whileRunning(trainer::interrupt)) {
      FitResult result = trainer.fit(task.module(), task.data());
      if (result.interrupted() == null) {
        task.report(trainer, result, session.out());
      }
      return finish(result, session);
    }
  }

  private static int finish(FitResult result, Session session) {
    if (result.interrupted() != null) {
      session
          .err()
          .printf(
              "levin: Stopped after %d steps: %s.%n", result.globalStep(), result.interrupted());
      result.checkpoints().stream()
          .findFirst()
          .ifPresent(
              kept ->
                  session
                      .err()
                      .printf("  The same command with --ckpt-path last goes on from there.%n"));
      return ExitCode.FAILURE; // the launcher turns the signal's name into the code for it
    }
    return ExitCode.OK;
  }

  /** Metrics by name, a line each. */
  static void print(Map<String, Double> metrics, Session session) {
    new TreeMap<>(metrics)
        .forEach((name, value) -> session.out().printf("%-20s %.6g%n", name, value));
  }
}
