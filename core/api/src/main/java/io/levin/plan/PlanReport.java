package io.levin.plan;

import io.levin.MisconfigurationException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The planner's answer: a plan, or all conflicts at once; and every decision with its reason. */
public record PlanReport(
    Optional<Plan> plan,
    List<Decision> decisions,
    List<String> warnings,
    List<Conflict> conflicts) {
  public PlanReport {
    decisions = List.copyOf(decisions);
    warnings = List.copyOf(warnings);
    conflicts = List.copyOf(conflicts);
    if (plan.isPresent() != conflicts.isEmpty()) {
      throw new IllegalArgumentException("a report holds either a plan or conflicts");
    }
  }

  public boolean ok() {
    return plan.isPresent();
  }

  /** The plan. @throws MisconfigurationException with all conflicts when there is none */
  public Plan orThrow() {
    return plan.orElseThrow(
        () ->
            new MisconfigurationException(
                conflicts.stream().map(Conflict::message).collect(Collectors.joining("\n")),
                conflicts.stream()
                    .map(Conflict::hint)
                    .filter(hint -> !hint.isEmpty())
                    .distinct()
                    .collect(Collectors.joining("\n"))));
  }
}
