package io.levin.cli;

import ai.djl.ndarray.NDList;
import io.levin.job.Job;
import io.levin.trainer.Trainer;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code levin validate}, {@code test} and {@code predict}: a job's data through its model. */
final class EvaluateVerb implements Verb {
  private final String name;
  private final String summary;

  EvaluateVerb(String name, String summary) {
    this.name = name;
    this.summary = summary;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String summary() {
    return summary;
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
              switch (name) {
                case "validate" ->
                    print(trainer, trainer.validate(task.module(), task.data()), session);
                case "test" -> print(trainer, trainer.test(task.module(), task.data()), session);
                default -> predict(trainer, task, session);
              }
              return ExitCode.OK;
            });
  }

  private static void print(Trainer trainer, Map<String, Double> metrics, Session session) {
    if (trainer.strategy().isGlobalZero()) {
      FitVerb.print(metrics, session);
    }
  }

  /** Every row of every batch, a line each. */
  private static void predict(Trainer trainer, Job.Task task, Session session) {
    List<NDList> batches = trainer.predict(task.module(), task.data());
    for (NDList batch : batches) {
      try (batch) {
        batch.forEach(array -> Rows.print(array, session.out()));
      }
    }
  }
}
