package io.levin.schedule;

import io.levin.optim.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Schedules made of schedules: what both kinds check and keep. */
final class Nested {
  private Nested() {}

  static void of(List<? extends Scheduler> given, List<GroupScheduler> checked) {
    if (given.isEmpty()) {
      throw new IllegalArgumentException("no schedules were given");
    }
    for (Scheduler scheduler : given) {
      if (!(scheduler instanceof GroupScheduler group)) {
        throw new IllegalArgumentException(
            scheduler.name() + " cannot be part of another schedule");
      }
      if (scheduler.optimizer() != given.get(0).optimizer()) {
        throw new IllegalArgumentException("the schedules are of different optimizers");
      }
      checked.add(group);
    }
  }

  static List<Object> states(List<GroupScheduler> schedulers) {
    List<Object> states = new ArrayList<>();
    schedulers.forEach(scheduler -> states.add(scheduler.stateDict()));
    return states;
  }

  @SuppressWarnings("unchecked") // each schedule checks what it reads
  static void load(List<GroupScheduler> schedulers, Map<String, Object> state) {
    List<?> states = (List<?>) state.get("_schedulers");
    if (states == null || states.size() != schedulers.size()) {
      throw io.levin.LevinException.user(
          "The checkpoint has %d nested schedules, here there are %d."
              .formatted(states == null ? 0 : states.size(), schedulers.size()),
          "Make the same schedules as when the checkpoint was kept.");
    }
    for (int i = 0; i < states.size(); i++) {
      schedulers.get(i).loadStateDict((Map<String, Object>) states.get(i));
    }
  }
}
