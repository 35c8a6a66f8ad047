package io.levin.core.planner;

import io.levin.arguments.Arguments;
import io.levin.plan.Choice;
import io.levin.plan.Conflict;
import io.levin.plan.Family;
import io.levin.plan.Plan;
import io.levin.plan.PlanReport;
import io.levin.plan.Request;
import io.levin.plan.Settings;
import io.levin.plan.Surroundings;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes plans of a fixed set of offers.
 *
 * <p>A plan is a pure function of offers, arguments and surroundings, and the planner knows no
 * plugin: it asks every offer of every family, in the order of {@link Family}, takes the best fit,
 * and goes on after a conflict so that one report holds them all. Thread-safe.
 */
public final class Planner {
  private final List<Offered> offers;
  private final Map<Family, List<Offered>> byFamily = new EnumMap<>(Family.class);

  /** The order of {@code offers} makes no difference. */
  public Planner(Collection<Offered> offers) {
    this.offers =
        offers.stream()
            .sorted(Comparator.comparing(Offered::name).thenComparing(Offered::bundle))
            .toList();
    for (Family family : Family.values()) {
      byFamily.put(
          family,
          this.offers.stream()
              .filter(o -> o.offer().family() == family)
              .sorted(Comparator.comparing(Offered::ranking).reversed())
              .toList());
    }
  }

  /** The offers, by name. */
  public List<Offered> offers() {
    return offers;
  }

  /** Plans one run, or says everything that stands against it. */
  public PlanReport plan(Arguments arguments, Surroundings surroundings) {
    Findings findings = new Findings();
    NamedPlugins named = NamedPlugins.among(offers, arguments, findings);
    Asking request = new Asking(arguments, surroundings, named, byFamily);
    for (Family family : Family.values()) {
      new Contest(family, byFamily, request, findings).decide().ifPresent(request::choose);
    }
    checkTasks(request, findings);
    return findings.report(
        () -> new Plan(request.choices(), arguments)); // complete whenever nothing conflicts
  }

  /** The scheduler's number of processes stands only against a strategy that uses them. */
  private static void checkTasks(Request request, Findings findings) {
    Optional<Choice> strategy = request.choice(Family.STRATEGY);
    Optional<Conflict> wrong =
        request
            .choice(Family.CLUSTER_ENVIRONMENT)
            .map(environment -> environment.setting(Settings.WRONG_TASKS, Conflict.class, null));
    if (strategy.isEmpty() || wrong.isEmpty()) {
      return;
    }
    if (strategy.get().setting(Settings.SEVERAL_PROCESSES, Boolean.class, false)) {
      findings.conflict(wrong.get());
    } else {
      findings.warning(
          "%s Each process will run by itself with %s."
              .formatted(wrong.get().message(), strategy.get().name()));
    }
  }
}
