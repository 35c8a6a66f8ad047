package io.levin.cli;

import io.levin.arguments.Arguments;
import io.levin.cli.plan.PlanBatch;
import io.levin.cli.plan.PlanJson;
import io.levin.cli.plan.PlanTable;
import io.levin.core.planner.Planner;
import io.levin.plan.PlanReport;
import io.levin.plan.Surroundings;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code levin plan}: what a run would be made of, and why; or all that stands against it. */
final class PlanVerb implements Verb {
  @Override
  public String name() {
    return "plan";
  }

  @Override
  public String summary() {
    return "show what a run would be made of, and why; runs nothing";
  }

  @Override
  public void describe(CommandSpec spec, Session session) {
    spec.usageMessage().customSynopsis("levin plan [FLAG…]");
    WhatIf.describe(spec, true);
    spec.addOption(Flags.values("FILE", "file of arguments, YAML or JSON; repeatable", "--config"));
    Flags.addArguments(spec);
  }

  @Override
  public int run(ParseResult parsed, Session session) {
    Planner planner = new Planner(session.services().offers());
    Surroundings place = WhatIf.surroundings(parsed, session);
    Optional<String> batch = Flags.text(parsed, "--batch");
    if (batch.isPresent()) {
      BatchFile.answer(
          batch.get(),
          session.out(),
          (requests, answers) -> PlanBatch.run(requests, answers, planner, place));
      return ExitCode.OK; // a refusal is an answer
    }
    Configuration configuration =
        Configuration.read(session, Flags.texts(parsed, "--config"), session.services().jobs());
    Arguments arguments = configuration.arguments().over(Flags.read(parsed));
    PlanReport report = planner.plan(arguments, place);
    if (parsed.hasMatchedOption("--json")) {
      Json.print(PlanJson.of(report), session.out());
    } else {
      session.out().print(PlanTable.render(report));
    }
    return report.ok() ? ExitCode.OK : ExitCode.USAGE;
  }
}
