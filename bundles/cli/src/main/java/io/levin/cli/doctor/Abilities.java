package io.levin.cli.doctor;

import io.levin.arguments.Argument;
import io.levin.arguments.Arguments;
import io.levin.core.planner.Offered;
import io.levin.core.planner.Planner;
import io.levin.plan.Choice;
import io.levin.plan.Conflict;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.PlanReport;
import io.levin.plan.Surroundings;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each word of an argument comes to on this machine, as the planner would have it; so it holds
 * of whatever bundles are installed.
 */
final class Abilities {
  private static final Comparator<String> SHORTEST =
      Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder());

  private final Planner planner;
  private final Surroundings here;

  Abilities(List<Offered> offers, Surroundings here) {
    this.planner = new Planner(offers);
    this.here = here;
  }

  /** Each accelerator that there is a word for, by its shortest. */
  List<Finding> accelerators() {
    return offers(Family.ACCELERATOR)
        .map(offer -> offer.words().stream().min(SHORTEST))
        .flatMap(Optional::stream)
        .sorted(SHORTEST)
        .map(word -> asked(Family.ACCELERATOR, word, Arguments.none()))
        .toList();
  }

  /** Precisions and strategies, by the accelerators that can be asked for here. */
  Map<String, List<Finding>> byAccelerator() {
    Map<String, List<Finding>> abilities = new LinkedHashMap<>();
    for (Finding accelerator : accelerators()) {
      if (accelerator.level() != Finding.Level.LACK) {
        Arguments on =
            Arguments.none().read(argument(Family.ACCELERATOR), accelerator.name(), "doctor");
        abilities.put("Precisions on " + accelerator.name(), of(Family.PRECISION, on));
        abilities.put("Strategies on " + accelerator.name(), of(Family.STRATEGY, on));
      }
    }
    return abilities;
  }

  private List<Finding> of(Family family, Arguments others) {
    return offers(family)
        .flatMap(offer -> offer.words().stream())
        .distinct()
        .sorted(SHORTEST)
        .map(word -> asked(family, word, others))
        .toList();
  }

  private Stream<Offer<?>> offers(Family family) {
    return planner.offers().stream()
        .<Offer<?>>map(Offered::offer)
        .filter(offer -> offer.family() == family);
  }

  private Finding asked(Family family, String word, Arguments others) {
    PlanReport report = planner.plan(others.read(argument(family), word, "doctor"), here);
    if (!report.ok()) {
      return Finding.lack(
          word,
          together(report.conflicts().stream().map(Conflict::message).toList()),
          together(report.conflicts().stream().map(Conflict::hint).toList()));
    }
    Choice choice = report.orThrow().choice(family);
    return report.warnings().isEmpty()
        ? Finding.ok(word, choice.name())
        : Finding.note(word, choice.name() + ": " + together(report.warnings()), "");
  }

  private static String together(List<String> sentences) {
    return sentences.stream()
        .filter(sentence -> !sentence.isEmpty())
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private static Argument<String> argument(Family family) {
    return family.argument().orElseThrow();
  }
}
