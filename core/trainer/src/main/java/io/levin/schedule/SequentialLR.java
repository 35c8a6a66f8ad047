package io.levin.schedule;

import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import io.levin.optim.Scheduler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One schedule after another: a warm-up by {@link LinearLR}, then whatever follows. */
public final class SequentialLR implements Scheduler {
  private final List<GroupScheduler> schedulers = new ArrayList<>();
  private final List<Integer> milestones;
  private int lastEpoch;
  private List<Double> lastLrs;

  /**
   * @param schedulers of one optimizer, made just before
   * @param milestones steps at which the second and later schedules begin
   */
  public SequentialLR(List<? extends Scheduler> schedulers, List<Integer> milestones) {
    if (schedulers.size() != milestones.size() + 1) {
      throw new IllegalArgumentException(
          "%d schedules need %d milestones, not %d"
              .formatted(schedulers.size(), schedulers.size() - 1, milestones.size()));
    }
    this.milestones = List.copyOf(milestones);
    Nested.of(schedulers, this.schedulers);
    for (ParameterGroup group : optimizer().groups()) {
      group.lr(group.option(GroupScheduler.INITIAL_LR));
    }
    this.schedulers.forEach(GroupScheduler::undo);
    this.schedulers.get(0).restart();
    this.lastLrs = this.schedulers.get(0).lastLrs();
  }

  @Override
  public Optimizer optimizer() {
    return schedulers.get(0).optimizer();
  }

  @Override
  public void step() {
    lastEpoch++;
    int index = 0;
    while (index < milestones.size() && lastEpoch >= milestones.get(index)) {
      index++;
    }
    GroupScheduler active = schedulers.get(index);
    if (index > 0 && milestones.get(index - 1) == lastEpoch) {
      active.stepFromStart();
    } else {
      active.step();
    }
    lastLrs = active.lastLrs();
  }

  @Override
  public List<Double> lastLrs() {
    return lastLrs;
  }

  @Override
  public Map<String, Object> stateDict() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("_milestones", milestones.stream().map(Integer::longValue).toList());
    state.put("last_epoch", (long) lastEpoch);
    state.put("_last_lr", List.copyOf(lastLrs));
    state.put("_schedulers", Nested.states(schedulers));
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Object> state) {
    lastEpoch = ((Number) state.get("last_epoch")).intValue();
    lastLrs = schedulers.get(0).numbers(state, "_last_lr");
    Nested.load(schedulers, state);
  }
}
