package io.levin.cli;

import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.core.planner.Offered;
import io.levin.core.planner.Planner;
import io.levin.plan.Decision;
import io.levin.plan.Family;
import io.levin.plan.PlanReport;
import io.levin.plan.Surroundings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code levin doctor}: the machine, the engine and each accelerator, with what is missing. */
final class DoctorVerb implements Verb {
  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String summary() {
    return "check Java, memory, disk, the engine and the accelerators";
  }

  @Override
  public void describe(CommandSpec spec, Session session) {
    spec.usageMessage().customSynopsis("levin doctor [--json]");
    spec.addOption(Flags.flag("answer in JSON", "--json"));
  }

  @Override
  public int run(ParseResult parsed, Session session) {
    Map<String, Object> findings = new LinkedHashMap<>();
    findings.put("machine", Machine.look(session.environment()));
    Engine engine = Engine.load();
    findings.put("engine", engine.facts());
    Map<String, String> accelerators = accelerators(session);
    findings.put("accelerators", accelerators);
    findings.put("ok", engine.loaded());
    if (parsed.hasMatchedOption("--json")) {
      Json.print(findings, session.out());
    } else {
      section("Machine", Machine.look(session.environment()), session);
      section("Engine", engine.facts(), session);
      section("Accelerators", accelerators, session);
    }
    return engine.loaded() ? ExitCode.OK : ExitCode.FAILURE;
  }

  private static void section(String title, Map<String, String> facts, Session session) {
    session.out().println(title);
    Table table = new Table();
    facts.forEach(table::row);
    table.print("  ", session.out());
    session.out().println();
  }

  /** Each accelerator's own words about this machine, when asked for by name. */
  private static Map<String, String> accelerators(Session session) {
    List<Offered> offers = session.services().offers();
    Planner planner = new Planner(offers);
    Map<String, String> answers = new LinkedHashMap<>();
    for (Offered offered : offers) {
      if (offered.offer().family() == Family.ACCELERATOR) {
        answers.put(offered.offer().name(), answer(offered, planner));
      }
    }
    return answers;
  }

  private static String answer(Offered offered, Planner planner) {
    String word = new TreeSet<>(offered.offer().words()).stream().findFirst().orElse("");
    Arguments asking = Arguments.none().read(TrainerArguments.ACCELERATOR, word, "doctor");
    PlanReport report = planner.plan(asking, Surroundings.here());
    return report.decisions().stream()
        .filter(decision -> decision.family() == Family.ACCELERATOR)
        .filter(decision -> decision.name().equals(offered.offer().name()))
        .findFirst()
        .map(decision -> mark(decision) + decision.why())
        .orElse("no answer");
  }

  private static String mark(Decision decision) {
    return decision.verdict() == Decision.Verdict.CHOSEN ? "available: " : "not available: ";
  }
}
