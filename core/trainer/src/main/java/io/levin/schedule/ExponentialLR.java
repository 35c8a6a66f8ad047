package io.levin.schedule;

import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import java.util.Map;

/** Multiplies the rate by {@code gamma} at every step. */
public final class ExponentialLR extends GroupScheduler {
  private final double gamma;

  public ExponentialLR(Optimizer optimizer, double gamma) {
    super(optimizer);
    this.gamma = gamma;
    begin();
  }

  @Override
  double next(ParameterGroup group, int index) {
    return lastEpoch == 0 ? group.lr() : group.lr() * gamma;
  }

  @Override
  void describe(Map<String, Object> state) {
    state.put("gamma", gamma);
  }
}
