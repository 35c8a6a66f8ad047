package io.levin.cli;

import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import io.levin.arguments.TrainerArguments;
import io.levin.core.planner.Offered;
import io.levin.core.planner.Planner;
import io.levin.plan.Conflict;
import io.levin.plan.Decision;
import io.levin.plan.Decision.Verdict;
import io.levin.plan.PlanReport;
import io.levin.plan.Surroundings;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.ParseResult;

/** Explains what becomes of one offer in a plan, and what naming it would change. */
final class PluginWhy {
  private PluginWhy() {}

  static int explain(String asked, ParseResult parsed, Session session) {
    if (parsed.hasMatchedOption("--batch")) {
      throw new UsageException("why answers one question.", "'levin plan --batch' takes many.");
    }
    List<Offered> offers = session.services().offers();
    String name = name(asked, offers);
    Arguments arguments =
        Configuration.read(session, List.of(), session.services().jobs())
            .arguments()
            .over(Flags.read(parsed));
    Surroundings place = WhatIf.surroundings(parsed, session);
    Planner planner = new Planner(offers);
    PlanReport plain = planner.plan(arguments, place);
    PlanReport named = planner.plan(naming(arguments, name), place);
    if (parsed.hasMatchedOption("--json")) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", name);
      json.put("as_asked", decisions(plain, name));
      json.put("named", decisions(named, name));
      json.put("against_naming", named.conflicts());
      Json.print(json, session.out());
    } else {
      print(name, plain, named, session.out());
    }
    return ExitCode.OK;
  }

  private static String name(String asked, List<Offered> offers) {
    TreeSet<String> names = new TreeSet<>();
    offers.forEach(offered -> names.add(offered.name()));
    List<String> meant =
        names.stream()
            .filter(
                known -> known.toLowerCase(Locale.ROOT).startsWith(asked.toLowerCase(Locale.ROOT)))
            .toList();
    return meant.stream()
        .filter(known -> known.equalsIgnoreCase(asked))
        .findFirst()
        .or(() -> meant.stream().filter(known -> meant.size() == 1).findFirst())
        .orElseThrow(
            () ->
                UsageException.unknown(
                    "No installed bundle offers '%s'.".formatted(asked),
                    asked,
                    names,
                    "'levin plugins' lists what is offered."));
  }

  private static Arguments naming(Arguments arguments, String name) {
    List<PluginReference> plugins = new ArrayList<>(arguments.get(TrainerArguments.PLUGINS));
    if (plugins.stream().noneMatch(plugin -> plugin.name().equals(name))) {
      plugins.add(PluginReference.parse(name));
    }
    return arguments.with(TrainerArguments.PLUGINS, plugins);
  }

  private static List<Map<String, Object>> decisions(PlanReport report, String name) {
    return of(report, name).stream()
        .map(
            decision -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("bundle", decision.bundle());
              json.put("verdict", decision.verdict().name().toLowerCase(Locale.ROOT));
              json.put("why", decision.why());
              return json;
            })
        .toList();
  }

  private static List<Decision> of(PlanReport report, String name) {
    return report.decisions().stream().filter(decision -> decision.name().equals(name)).toList();
  }

  private static void print(String name, PlanReport plain, PlanReport named, PrintStream out) {
    boolean isTaken = false;
    for (Decision decision : of(plain, name)) {
      isTaken |= decision.verdict() == Verdict.CHOSEN;
      out.printf(
          "%s of bundle %s %s: %s.%n",
          name, decision.bundle(), words(decision.verdict()), decision.why());
      chosen(plain, decision)
          .ifPresent(other -> out.printf("  %s is taken: %s.%n", other.name(), other.why()));
    }
    if (!plain.ok()) {
      out.println("  With these arguments nothing can run:");
      plain.conflicts().forEach(conflict -> print(conflict, out));
    } else if (!isTaken) {
      named(name, named, out);
    }
  }

  private static void named(String name, PlanReport named, PrintStream out) {
    if (named.ok()) {
      out.printf("  --plugins %s would have it taken.%n", name);
    } else {
      out.printf("  --plugins %s would not help:%n", name);
      named.conflicts().forEach(conflict -> print(conflict, out));
    }
  }

  private static void print(Conflict conflict, PrintStream out) {
    out.println("    " + conflict.message());
    if (!conflict.hint().isEmpty()) {
      out.println("    => " + conflict.hint());
    }
  }

  private static Optional<Decision> chosen(PlanReport report, Decision than) {
    return report.decisions().stream()
        .filter(decision -> decision.family() == than.family())
        .filter(decision -> decision.verdict() == Verdict.CHOSEN && decision != than)
        .findFirst();
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case CHOSEN -> "is taken";
      case PASSED_OVER -> "fits, but is not taken";
      case REFUSED -> "refuses";
      case NOT_CONCERNED -> "is not concerned";
    };
  }
}
