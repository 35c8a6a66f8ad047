package io.levin.core.planner;

import io.levin.plan.Conflict;
import io.levin.plan.Decision;
import io.levin.plan.Plan;
import io.levin.plan.PlanReport;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What becomes known while one plan is made; the same thing said twice is kept once. */
final class Findings {
  private final List<Decision> decisions = new ArrayList<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Set<Conflict> conflicts = new LinkedHashSet<>();

  void decision(Decision decision) {
    decisions.add(decision);
  }

  void warning(String warning) {
    warnings.add(warning);
  }

  void conflict(Conflict conflict) {
    conflicts.add(conflict);
  }

  boolean hasConflicts() {
    return !conflicts.isEmpty();
  }

  PlanReport report(Supplier<Plan> plan) {
    return new PlanReport(
        hasConflicts() ? Optional.empty() : Optional.of(plan.get()),
        decisions,
        List.copyOf(warnings),
        List.copyOf(conflicts));
  }
}
