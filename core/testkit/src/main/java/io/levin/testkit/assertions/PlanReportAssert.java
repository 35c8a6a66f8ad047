package io.levin.testkit.assertions;

import io.levin.plan.Conflict;
import io.levin.plan.Decision;
import io.levin.plan.Decision.Verdict;
import io.levin.plan.Family;
import io.levin.plan.Plan;
import io.levin.plan.PlanReport;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a plan, or why there is none. */
public final class PlanReportAssert extends AbstractAssert<PlanReportAssert, PlanReport> {
  public PlanReportAssert(PlanReport actual) {
    super(actual, PlanReportAssert.class);
  }

  /** There is a plan. */
  public PlanReportAssert isPlanned() {
    isNotNull();
    if (!actual.ok()) {
      failWithMessage("There is no plan: %s", actual.conflicts());
    }
    return this;
  }

  private Plan plan() {
    isPlanned();
    return actual.plan().orElseThrow();
  }

  /**
   * It computes in this precision.
   *
   * @param precision for example {@code bf16}
   */
  public PlanReportAssert choosesPrecision(String precision) {
    if (!plan().precision().equals(precision)) {
      failWithMessage(
          "Expected precision %s, but %s was chosen: %s",
          precision, plan().precision(), decisions(Family.PRECISION));
    }
    return this;
  }

  /** This plugin was chosen for its family. */
  public PlanReportAssert chooses(Family family, String plugin) {
    String chosen = plan().choice(family).name();
    if (!chosen.equals(plugin)) {
      failWithMessage("Expected %s, but %s was chosen: %s", plugin, chosen, decisions(family));
    }
    return this;
  }

  public PlanReportAssert choosesPrecisionPlugin(String plugin) {
    return chooses(Family.PRECISION, plugin);
  }

  public PlanReportAssert choosesCheckpointIO(String plugin) {
    return chooses(Family.CHECKPOINT_IO, plugin);
  }

  public PlanReportAssert choosesClusterEnvironment(String plugin) {
    return chooses(Family.CLUSTER_ENVIRONMENT, plugin);
  }

  public PlanReportAssert choosesAccelerator(String plugin) {
    return chooses(Family.ACCELERATOR, plugin);
  }

  public PlanReportAssert choosesStrategy(String plugin) {
    return chooses(Family.STRATEGY, plugin);
  }

  /** A plugin was offered, but refused the request. */
  public PlanReportAssert refuses(String plugin) {
    return decides(plugin, Verdict.REFUSED);
  }

  /** A plugin was offered and fits, but another fits better. */
  public PlanReportAssert passesOver(String plugin) {
    return decides(plugin, Verdict.PASSED_OVER);
  }

  private PlanReportAssert decides(String plugin, Verdict verdict) {
    isNotNull();
    List<Decision> about =
        actual.decisions().stream().filter(d -> d.name().equals(plugin)).toList();
    if (about.stream().noneMatch(decision -> decision.verdict() == verdict)) {
      failWithMessage("Expected %s to be %s, but the decisions are %s.", plugin, verdict, about);
    }
    return this;
  }

  /** There is no plan, for a reason whose message and hint hold each of the texts. */
  public PlanReportAssert hasConflict(String... texts) {
    isNotNull();
    boolean isThere =
        actual.conflicts().stream().anyMatch(c -> all(c.message() + "\n" + c.hint(), texts));
    if (!isThere) {
      failWithMessage("Expected a conflict with %s among %s.", List.of(texts), actual.conflicts());
    }
    return this;
  }

  /** There is no plan, for exactly as many reasons. */
  public PlanReportAssert hasConflicts(int count) {
    isNotNull();
    if (actual.conflicts().size() != count) {
      failWithMessage(
          "Expected %s conflicts, but there are %s.",
          count, actual.conflicts().stream().map(Conflict::message).toList());
    }
    return this;
  }

  /** The user is warned in a sentence that holds each of the texts. */
  public PlanReportAssert warns(String... texts) {
    isNotNull();
    if (actual.warnings().stream().noneMatch(warning -> all(warning, texts))) {
      failWithMessage("Expected a warning with %s among %s.", List.of(texts), actual.warnings());
    }
    return this;
  }

  private static boolean all(String text, String... parts) {
    return List.of(parts).stream().allMatch(text::contains);
  }

  private List<String> decisions(Family family) {
    return actual.decisions().stream()
        .filter(decision -> decision.family() == family)
        .map(d -> "%s %s: %s".formatted(d.name(), d.verdict(), d.why()))
        .toList();
  }
}
