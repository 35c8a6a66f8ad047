package io.levin.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.arguments.Devices;
import io.levin.arguments.TrainerArguments;
import io.levin.core.planner.Planner;
import io.levin.plan.PlanReport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OracleTest {
  private static final Planner PLANNER = new Planner(OffersOnClassPath.find());

  @Test
  void everyChoiceAndRefusalIsLightningsButForTheDifferencesExplained() {
    List<String> unexplained = new ArrayList<>();
    for (Oracle.Case given : Oracle.cases()) {
      PlanReport report = PLANNER.plan(given.arguments(), given.surroundings());
      List<String> differing = differing(given, report);
      if (!explained(given).containsAll(differing)) {
        unexplained.add("%s: %s%n  %s".formatted(differing, given, report.conflicts()));
      }
    }
    assertThat(unexplained).isEmpty();
  }

  @Test
  void thereIsATableOfAThousandRows() {
    assertThat(Oracle.cases()).hasSizeGreaterThan(1000);
  }

  private static List<String> differing(Oracle.Case given, PlanReport report) {
    if (report.ok() == given.isRefused()) {
      return List.of("refused");
    }
    List<String> keys = new ArrayList<>();
    if (report.ok()) {
      Map<String, Object> plan = PlanJson.of(report.orThrow());
      Iterator<String> expected = given.row().path("expected").fieldNames();
      while (expected.hasNext()) {
        String key = expected.next();
        if (!given.expected(key).equals(String.valueOf(plan.get(key)))) {
          keys.add(key);
        }
      }
    }
    return keys;
  }

  /** What may differ in this row; see docs/planning/differences.md. */
  private static Set<String> explained(Oracle.Case given) {
    Devices devices = given.arguments().get(TrainerArguments.DEVICES);
    boolean countsWrong =
        Set.of("IPUAccelerator", "HPUAccelerator").contains(given.expected("accelerator"));
    if (countsWrong && devices != null && devices.count().orElse(0) == -1) {
      return Set.of("parallel_devices", "strategy"); // "devices -1 means all of them"
    }
    return Set.of();
  }
}
