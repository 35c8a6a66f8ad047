package io.levin.schedule;

import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import io.levin.optim.Scheduler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several schedules at once: each step advances all, in order. */
public final class ChainedScheduler implements Scheduler {
  private final List<GroupScheduler> schedulers = new ArrayList<>();

  public ChainedScheduler(List<? extends Scheduler> schedulers) {
    Nested.of(schedulers, this.schedulers);
  }

  @Override
  public Optimizer optimizer() {
    return schedulers.get(0).optimizer();
  }

  @Override
  public void step() {
    schedulers.forEach(GroupScheduler::step);
  }

  @Override
  public List<Double> lastLrs() {
    return optimizer().groups().stream().map(ParameterGroup::lr).toList();
  }

  @Override
  public Map<String, Object> stateDict() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("_last_lr", lastLrs());
    state.put("_schedulers", Nested.states(schedulers));
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Object> state) {
    Nested.load(schedulers, state);
  }
}
