package io.levin.cli;

import io.levin.cli.env.EnvBatch;
import io.levin.cli.env.EnvJson;
import io.levin.cli.env.EnvReport;
import io.levin.cli.env.EnvTable;
import io.levin.cli.env.Environments;
import io.levin.plan.Surroundings;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code levin env}: which cluster environment this process is in, why, and its answers. */
final class EnvVerb implements Verb {
  @Override
  public String name() {
    return "env";
  }

  @Override
  public String summary() {
    return "show which cluster environment this process is in, and why";
  }

  @Override
  public void describe(CommandSpec spec, Session session) {
    spec.usageMessage().customSynopsis("levin env [FLAG…]");
    WhatIf.describe(spec, false);
    spec.addOption(Flags.value("NAME", "ask this environment, for example slurm", "--environment"));
  }

  @Override
  public int run(ParseResult parsed, Session session) {
    Environments environments = new Environments(session.services().offers());
    Surroundings place = WhatIf.surroundings(parsed, session);
    Optional<String> batch = Flags.text(parsed, "--batch");
    if (batch.isPresent()) {
      BatchFile.answer(
          batch.get(),
          session.out(),
          (requests, answers) -> EnvBatch.run(requests, answers, environments, place));
      return ExitCode.OK; // a problem is an answer
    }
    EnvReport report = environments.ask(place, Flags.text(parsed, "--environment"));
    if (parsed.hasMatchedOption("--json")) {
      Json.print(EnvJson.of(report), session.out());
    } else {
      session.out().print(EnvTable.render(report));
    }
    return report.ok() ? ExitCode.OK : ExitCode.FAILURE;
  }
}
