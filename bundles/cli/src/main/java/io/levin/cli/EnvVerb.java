package io.levin.cli;

import io.levin.cli.env.EnvBatch;
import io.levin.cli.env.EnvJson;
import io.levin.cli.env.EnvReport;
import io.levin.cli.env.EnvTable;
import io.levin.cli.env.Environments;
import io.levin.cli.ranks.RanksReport;
import io.levin.cli.ranks.RanksTable;
import io.levin.plan.Surroundings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code levin env}: which cluster environment this process is in, why, and its answers; of several
 * processes, all of them in one report.
 */
final class EnvVerb implements Verb {
  /** With these the question is about another place, whose ranks cannot be asked. */
  private static final List<String> ELSEWHERE =
      List.of("--env-file", "--hostname", "--environment");

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
    RanksFlags.describe(spec);
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
    boolean isWhatIf = ELSEWHERE.stream().anyMatch(parsed::hasMatchedOption);
    if (isWhatIf) {
      print(report, Optional.empty(), parsed, session);
      return report.ok() ? ExitCode.OK : ExitCode.FAILURE;
    }
    RanksFlags ranks = RanksFlags.read(parsed, session);
    Optional<RanksReport> all = ranks.gather(Map.of());
    if (!ranks.isHeardByAnother()) {
      print(report, all, parsed, session);
    }
    boolean ok = report.ok() && all.map(RanksReport::ok).orElse(true);
    return ok ? ExitCode.OK : ExitCode.FAILURE;
  }

  private static void print(
      EnvReport report, Optional<RanksReport> all, ParseResult parsed, Session session) {
    if (parsed.hasMatchedOption("--json")) {
      Map<String, Object> values = new LinkedHashMap<>(EnvJson.of(report));
      all.ifPresent(ranks -> values.put("ranks", ranks.values()));
      Json.print(values, session.out());
    } else {
      session.out().print(EnvTable.render(report));
      all.ifPresent(ranks -> session.out().print("\n" + RanksTable.render(ranks)));
    }
  }
}
