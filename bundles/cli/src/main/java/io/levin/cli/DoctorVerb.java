package io.levin.cli;

import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.core.planner.Offered;
import io.levin.core.planner.Planner;
import io.levin.plan.Decision;
import io.levin.plan.Family;
import io.levin.plan.Surroundings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Whether each accelerator can be asked for here; if not, what it says when nobody asks. */
  private static Map<String, String> accelerators(Session session) {
    Planner planner = new Planner(session.services().offers());
    Map<String, String> answers = new LinkedHashMap<>();
    for (Decision unasked : decisions(planner, Arguments.none())) {
      String word =
          planner.offers().stream()
              .map(Offered::offer)
              .filter(offer -> offer.name().equals(unasked.name()))
              .flatMap(offer -> offer.words().stream())
              .findFirst()
              .orElse("");
      Arguments asking = Arguments.none().read(TrainerArguments.ACCELERATOR, word, "doctor");
      boolean available =
          decisions(planner, asking).stream()
              .filter(decision -> decision.name().equals(unasked.name()))
              .anyMatch(decision -> decision.verdict() == Decision.Verdict.CHOSEN);
      answers.put(unasked.name(), available ? "available" : "not available: " + unasked.why());
    }
    return answers;
  }

  private static List<Decision> decisions(Planner planner, Arguments arguments) {
    return planner.plan(arguments, Surroundings.here()).decisions().stream()
        .filter(decision -> decision.family() == Family.ACCELERATOR)
        .toList();
  }
}
