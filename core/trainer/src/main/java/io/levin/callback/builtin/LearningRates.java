package io.levin.callback.builtin;

import io.levin.MisconfigurationException;
import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import io.levin.optim.SchedulerConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names for the learning rates of optimizers, with and without a schedule. */
final class LearningRates {
  private LearningRates() {}

  /**
   * The rates of one optimizer.
   *
   * @param schedule that sets them; null for none
   */
  record Named(String name, Optimizer optimizer, SchedulerConfig schedule) {
    Map<String, Double> values(boolean withMomentum) {
      Map<String, Double> values = new LinkedHashMap<>();
      List<ParameterGroup> groups = optimizer.groups();
      for (int i = 0; i < groups.size(); i++) {
        String full = groups.size() == 1 ? name : name + "/pg" + (i + 1);
        ParameterGroup group = groups.get(i);
        values.put(full, group.lr());
        if (withMomentum) {
          values.put(full + "-momentum", group.optionOr("momentum", group.optionOr("beta1", 0)));
        }
      }
      return values;
    }
  }

  /** Refuses two schedules of one name. */
  static void check(List<SchedulerConfig> schedules) {
    Set<String> names = new HashSet<>();
    for (SchedulerConfig schedule : schedules) {
      if (schedule.name() != null && !names.add(schedule.name())) {
        throw new MisconfigurationException(
            "Two schedules have the name '%s', so their rates cannot be told apart in logs."
                .formatted(schedule.name()),
            "Give each its own with SchedulerConfig.named.");
      }
    }
  }

  /** First the schedules' optimizers, then those that no schedule sets. */
  static List<Named> of(List<Optimizer> optimizers, List<SchedulerConfig> schedules) {
    List<Named> all = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    List<Optimizer> rest = new ArrayList<>(optimizers);
    for (SchedulerConfig schedule : schedules) {
      Optimizer optimizer = schedule.scheduler().optimizer();
      rest.removeIf(other -> other == optimizer);
      String name = schedule.name() != null ? schedule.name() : name(optimizer, seen);
      all.add(new Named(name, optimizer, schedule));
    }
    rest.forEach(optimizer -> all.add(new Named(name(optimizer, seen), optimizer, null)));
    return all;
  }

  private static String name(Optimizer optimizer, Map<String, Integer> seen) {
    int before = seen.merge(optimizer.name(), 1, Integer::sum) - 1;
    return "lr-" + optimizer.name() + (before == 0 ? "" : "-" + before);
  }
}
