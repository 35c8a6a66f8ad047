package io.levin.schedule;

import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import java.util.Map;

/** Multiplies the rate by {@code gamma} every {@code stepSize} steps. */
public final class StepLR extends GroupScheduler {
  private final int stepSize;
  private final double gamma;

  public StepLR(Optimizer optimizer, int stepSize, double gamma) {
    super(optimizer);
    this.stepSize = stepSize;
    this.gamma = gamma;
    begin();
  }

  @Override
  double next(ParameterGroup group, int index) {
    return lastEpoch == 0 || lastEpoch % stepSize != 0 ? group.lr() : group.lr() * gamma;
  }

  @Override
  void describe(Map<String, Object> state) {
    state.put("step_size", (long) stepSize);
    state.put("gamma", gamma);
  }
}
