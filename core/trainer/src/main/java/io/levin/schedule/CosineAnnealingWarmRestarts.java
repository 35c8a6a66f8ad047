package io.levin.schedule;

import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import java.util.Map;

/** Cosine after cosine, each {@code tMult} times as long as the one before. */
public final class CosineAnnealingWarmRestarts extends GroupScheduler {
  private final int first;
  private final int tMult;
  private final double etaMin;
  private int period;
  private int current = -1;

  public CosineAnnealingWarmRestarts(Optimizer optimizer, int first, int tMult, double etaMin) {
    super(optimizer);
    this.first = first;
    this.tMult = tMult;
    this.etaMin = etaMin;
    this.period = first;
    begin();
  }

  @Override
  double next(ParameterGroup group, int index) {
    double share = (1 + Math.cos(Math.PI * current / period)) / 2;
    return etaMin + (base(index) - etaMin) * share;
  }

  @Override
  void describe(Map<String, Object> state) {
    state.put("T_0", (long) first);
    state.put("T_i", (long) period);
    state.put("T_mult", (long) tMult);
    state.put("eta_min", etaMin);
    state.put("T_cur", (long) current);
  }

  @Override
  public void step() {
    if (++current >= period) {
      current -= period;
      period *= tMult;
    }
    super.step();
  }

  @Override
  boolean countsSteps() {
    return false;
  }

  @Override
  void restore(Map<String, Object> state) {
    period = (int) number(state, "T_i");
    current = (int) number(state, "T_cur");
  }
}
