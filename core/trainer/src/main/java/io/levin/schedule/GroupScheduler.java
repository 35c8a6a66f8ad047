package io.levin.schedule;

import io.levin.LevinException;
import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import io.levin.optim.Scheduler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What PyTorch's schedules have in common: base rates, a counter, and rates set group by group. */
abstract class GroupScheduler implements Scheduler {
  static final String INITIAL_LR = "initial_lr";

  private final Optimizer optimizer;
  private List<Double> baseLrs = new ArrayList<>();
  private List<Double> lastLrs = List.of();
  int lastEpoch = -1;
  private long stepCount;

  GroupScheduler(Optimizer optimizer) {
    this.optimizer = optimizer;
  }

  /** The new rate of a group, of the one it has and {@link #lastEpoch}. */
  abstract double next(ParameterGroup group, int index);

  /** The rate at the very start, where a sequence begins with this schedule. */
  double atStart(int index) {
    return baseLrs.get(index);
  }

  /** Takes the groups' rates as its base and makes the first step; ends every constructor. */
  final void begin() {
    for (ParameterGroup group : groups()) {
      if (!group.optionNames().contains(INITIAL_LR)) {
        group.option(INITIAL_LR, group.lr());
      }
      baseLrs.add(group.option(INITIAL_LR));
    }
    restart();
  }

  /** Whether {@code _step_count} goes up; one of PyTorch's schedules leaves it at 0. */
  boolean countsSteps() {
    return true;
  }

  /** Makes the first step, again where a sequence has undone it. */
  void restart() {
    stepCount = 0;
    step();
  }

  final List<ParameterGroup> groups() {
    return optimizer.groups();
  }

  final double base(int index) {
    return baseLrs.get(index);
  }

  @Override
  public final Optimizer optimizer() {
    return optimizer;
  }

  @Override
  public void step() {
    stepCount++;
    lastEpoch++;
    set(false);
  }

  /** Undoes the counter of the first step, for a sequence. */
  void undo() {
    lastEpoch--;
  }

  /** Starts anew from the base rates, when a sequence comes to this schedule. */
  void stepFromStart() {
    stepCount++;
    lastEpoch = 0;
    set(true);
  }

  private void set(boolean fromStart) {
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < groups().size(); i++) {
      rates.add(fromStart ? atStart(i) : next(groups().get(i), i));
    }
    for (int i = 0; i < rates.size(); i++) {
      groups().get(i).lr(rates.get(i));
    }
    lastLrs = rates;
  }

  @Override
  public final List<Double> lastLrs() {
    return lastLrs;
  }

  /** What this schedule adds to the common state. */
  abstract void describe(Map<String, Object> state);

  /** Reads back what {@link #describe} wrote, where it can change. */
  void restore(Map<String, Object> state) {}

  @Override
  public final Map<String, Object> stateDict() {
    Map<String, Object> state = new LinkedHashMap<>();
    describe(state);
    state.put("base_lrs", List.copyOf(baseLrs));
    state.put("last_epoch", (long) lastEpoch);
    state.put("verbose", false);
    state.put("_step_count", countsSteps() ? stepCount : 0);
    state.put("_get_lr_called_within_step", false);
    state.put("_last_lr", List.copyOf(lastLrs));
    return state;
  }

  @Override
  public final void loadStateDict(Map<String, Object> state) {
    baseLrs = new ArrayList<>(numbers(state, "base_lrs"));
    lastLrs = numbers(state, "_last_lr");
    lastEpoch = (int) number(state, "last_epoch");
    stepCount = (long) number(state, "_step_count");
    restore(state);
  }

  final double number(Map<String, Object> state, String key) {
    if (state.get(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw missing(key, state);
  }

  final List<Double> numbers(Map<String, Object> state, String key) {
    if (!(state.get(key) instanceof List<?> list)) {
      throw missing(key, state);
    }
    return list.stream().map(item -> ((Number) item).doubleValue()).toList();
  }

  private LevinException missing(String key, Map<String, Object> state) {
    return LevinException.user(
        "The checkpoint's state of %s has no '%s'. It has: %s."
            .formatted(name(), key, state.keySet()),
        "Make the same schedules as when the checkpoint was kept.");
  }
}
