package io.levin.cli;

import io.levin.arguments.Arguments;
import io.levin.core.planner.Planner;
import io.levin.plan.Decision;
import io.levin.plan.PlanReport;
import java.util.List;
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
    Configuration configuration =
        Configuration.read(session, Flags.texts(parsed, "--config"), session.services().jobs());
    Arguments arguments = configuration.arguments().over(Flags.read(parsed));
    Planner planner = new Planner(session.services().offers());
    PlanReport report = planner.plan(arguments, WhatIf.surroundings(parsed, session));
    for (Decision decision : report.decisions()) {
      session
          .out()
          .printf(
              "%-20s %-12s %-28s %s%n",
              decision.family().id(), decision.verdict(), decision.name(), decision.why());
    }
    report.warnings().forEach(warning -> session.out().println("warning: " + warning));
    List.copyOf(report.conflicts())
        .forEach(c -> session.out().printf("conflict: %s%n  %s%n", c.message(), c.hint()));
    return report.ok() ? ExitCode.OK : ExitCode.USAGE;
  }
}
