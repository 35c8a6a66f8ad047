package io.levin.schedule;

import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Multiplies the rate by {@code gamma} at each milestone; one named twice counts twice. */
public final class MultiStepLR extends GroupScheduler {
  private final Map<Long, Long> milestones = new TreeMap<>();
  private final double gamma;

  public MultiStepLR(Optimizer optimizer, List<Integer> milestones, double gamma) {
    super(optimizer);
    milestones.forEach(step -> this.milestones.merge((long) step, 1L, Long::sum));
    this.gamma = gamma;
    begin();
  }

  @Override
  double next(ParameterGroup group, int index) {
    Long times = milestones.get((long) lastEpoch);
    return times == null ? group.lr() : group.lr() * Math.pow(gamma, times);
  }

  @Override
  void describe(Map<String, Object> state) {
    state.put("milestones", new LinkedHashMap<>(milestones));
    state.put("gamma", gamma);
  }
}
