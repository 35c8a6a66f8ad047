package io.levin.schedule;

import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import java.util.Map;

/** Moves the rate's factor in a line from {@code startFactor} to {@code endFactor}: a warm-up. */
public final class LinearLR extends GroupScheduler {
  private final double startFactor;
  private final double endFactor;
  private final int totalIters;

  public LinearLR(Optimizer optimizer, double startFactor, double endFactor, int totalIters) {
    super(optimizer);
    this.startFactor = startFactor;
    this.endFactor = endFactor;
    this.totalIters = totalIters;
    begin();
  }

  @Override
  double next(ParameterGroup group, int index) {
    if (lastEpoch == 0) {
      return group.lr() * startFactor;
    }
    if (lastEpoch > totalIters) {
      return group.lr();
    }
    double rise = endFactor - startFactor;
    return group.lr() * (1 + rise / (totalIters * startFactor + (lastEpoch - 1) * rise));
  }

  @Override
  void describe(Map<String, Object> state) {
    state.put("start_factor", startFactor);
    state.put("end_factor", endFactor);
    state.put("total_iters", (long) totalIters);
  }

  @Override
  double atStart(int index) {
    return base(index) * startFactor;
  }
}
