package io.levin.schedule;

import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;

/** Up and down between two rates, again and again. */
public final class CyclicLR extends GroupScheduler {
  /** How the height of cycles goes on. */
  public enum Mode {
    TRIANGULAR,
    TRIANGULAR2,
    EXP_RANGE
  }

  private static final double BASE_MOMENTUM = 0.8;
  private static final double MAX_MOMENTUM = 0.9;

  private final double baseLr;
  private final double maxLr;
  private final double totalSize;
  private final double stepRatio;
  private final Mode mode;
  private final double gamma;

  /**
   * @param gamma factor of each step, for {@link Mode#EXP_RANGE}
   */
  public CyclicLR(
      Optimizer optimizer,
      double baseLr,
      double maxLr,
      int stepsUp,
      int stepsDown,
      Mode mode,
      double gamma) {
    super(optimizer);
    this.baseLr = baseLr;
    this.maxLr = maxLr;
    this.totalSize = (double) stepsUp + stepsDown;
    this.stepRatio = stepsUp / totalSize;
    this.mode = mode;
    this.gamma = gamma;
    for (ParameterGroup group : groups()) {
      group.lr(baseLr);
      group.option(INITIAL_LR, baseLr);
    }
    begin();
  }

  @Override
  double next(ParameterGroup group, int index) {
    double cycle = Math.floor(1 + lastEpoch / totalSize);
    double x = 1.0 + lastEpoch / totalSize - cycle;
    double scale = x <= stepRatio ? x / stepRatio : (x - 1) / (stepRatio - 1);
    double height =
        switch (mode) {
          case TRIANGULAR -> 1;
          case TRIANGULAR2 -> 1 / Math.pow(2, cycle - 1);
          case EXP_RANGE -> Math.pow(gamma, lastEpoch);
        };
    Momentum.set(group, MAX_MOMENTUM - (MAX_MOMENTUM - BASE_MOMENTUM) * scale * height);
    return baseLr + (maxLr - baseLr) * scale * height;
  }

  @Override
  void describe(Map<String, Object> state) {
    int groups = groups().size();
    state.put("max_lrs", Collections.nCopies(groups, maxLr));
    state.put("total_size", totalSize);
    state.put("step_ratio", stepRatio);
    state.put("mode", mode.name().toLowerCase(Locale.ROOT));
    state.put("gamma", gamma);
    state.put("scale_mode", mode == Mode.EXP_RANGE ? "iterations" : "cycle");
    state.put("cycle_momentum", true);
    state.put("base_momentums", Collections.nCopies(groups, BASE_MOMENTUM));
    state.put("max_momentums", Collections.nCopies(groups, MAX_MOMENTUM));
  }
}
