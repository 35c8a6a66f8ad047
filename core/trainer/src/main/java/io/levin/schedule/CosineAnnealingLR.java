package io.levin.schedule;

import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import java.util.Map;

/** Lets the rate fall to {@code etaMin} along a cosine, and rise again. */
public final class CosineAnnealingLR extends GroupScheduler {
  private final int tMax;
  private final double etaMin;

  public CosineAnnealingLR(Optimizer optimizer, int tMax, double etaMin) {
    super(optimizer);
    this.tMax = tMax;
    this.etaMin = etaMin;
    begin();
  }

  @Override
  double next(ParameterGroup group, int index) {
    if (lastEpoch == 0) {
      return group.lr();
    }
    if ((lastEpoch - 1 - tMax) % (2 * tMax) == 0) {
      return group.lr() + (base(index) - etaMin) * (1 - Math.cos(Math.PI / tMax)) / 2;
    }
    return (1 + Math.cos(Math.PI * lastEpoch / tMax))
            / (1 + Math.cos(Math.PI * (lastEpoch - 1) / tMax))
            * (group.lr() - etaMin)
        + etaMin;
  }

  @Override
  void describe(Map<String, Object> state) {
    state.put("T_max", (long) tMax);
    state.put("eta_min", etaMin);
  }
}
