package io.levin.schedule;

import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import java.util.Map;

/** Multiplies the rate by {@code factor} for the first {@code totalIters} steps. */
public final class ConstantLR extends GroupScheduler {
  private final double factor;
  private final int totalIters;

  public ConstantLR(Optimizer optimizer, double factor, int totalIters) {
    super(optimizer);
    this.factor = factor;
    this.totalIters = totalIters;
    begin();
  }

  @Override
  double next(ParameterGroup group, int index) {
    if (lastEpoch == 0) {
      return group.lr() * factor;
    }
    return lastEpoch == totalIters ? group.lr() * (1.0 / factor) : group.lr();
  }

  @Override
  void describe(Map<String, Object> state) {
    state.put("factor", factor);
    state.put("total_iters", (long) totalIters);
  }

  @Override
  double atStart(int index) {
    return base(index) * factor;
  }
}
