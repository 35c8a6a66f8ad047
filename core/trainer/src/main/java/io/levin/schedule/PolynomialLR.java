package io.levin.schedule;

import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import java.util.Map;

/** Lets the rate fall to 0 in {@code totalIters} steps, as a power. */
public final class PolynomialLR extends GroupScheduler {
  private final int totalIters;
  private final double power;

  public PolynomialLR(Optimizer optimizer, int totalIters, double power) {
    super(optimizer);
    this.totalIters = totalIters;
    this.power = power;
    begin();
  }

  @Override
  double next(ParameterGroup group, int index) {
    if (lastEpoch == 0 || lastEpoch > totalIters) {
      return group.lr();
    }
    double left = 1.0 - (double) lastEpoch / totalIters;
    double before = 1.0 - (double) (lastEpoch - 1) / totalIters;
    return group.lr() * Math.pow(left / before, power);
  }

  @Override
  void describe(Map<String, Object> state) {
    state.put("total_iters", (long) totalIters);
    state.put("power", power);
  }
}
