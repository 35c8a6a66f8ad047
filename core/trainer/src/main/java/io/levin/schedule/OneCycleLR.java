package io.levin.schedule;

import io.levin.LevinException;
import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One cycle: up to {@code maxLr}, then far down, with the momentum the other way round. */
public final class OneCycleLR extends GroupScheduler {
  /** Options, with PyTorch's defaults in {@link #DEFAULTS}. */
  public record Options(
      double pctStart,
      boolean linear,
      boolean threePhase,
      boolean cycleMomentum,
      double baseMomentum,
      double maxMomentum,
      double divFactor,
      double finalDivFactor) {
    public static final Options DEFAULTS =
        new Options(0.3, false, false, true, 0.85, 0.95, 25, 1e4);
  }

  private record Phase(
      double endStep, String startLr, String endLr, String startMomentum, String endMomentum) {}

  private final int totalSteps;
  private final Options options;
  private final List<Phase> phases = new ArrayList<>();

  public OneCycleLR(Optimizer optimizer, double maxLr, int totalSteps) {
    this(optimizer, maxLr, totalSteps, Options.DEFAULTS);
  }

  public OneCycleLR(Optimizer optimizer, double maxLr, int totalSteps, Options options) {
    super(optimizer);
    this.totalSteps = totalSteps;
    this.options = options;
    double up = options.pctStart() * totalSteps - 1;
    phases.add(new Phase(up, INITIAL_LR, "max_lr", "max_momentum", "base_momentum"));
    if (options.threePhase()) {
      double down = 2 * options.pctStart() * totalSteps - 2;
      phases.add(new Phase(down, "max_lr", INITIAL_LR, "base_momentum", "max_momentum"));
      phases.add(new Phase(totalSteps - 1.0, INITIAL_LR, "min_lr", "max_momentum", "max_momentum"));
    } else {
      phases.add(new Phase(totalSteps - 1.0, "max_lr", "min_lr", "base_momentum", "max_momentum"));
    }
    for (ParameterGroup group : groups()) {
      double initial = maxLr / options.divFactor();
      group.option(INITIAL_LR, initial);
      group.option("max_lr", maxLr);
      group.option("min_lr", initial / options.finalDivFactor());
      if (options.cycleMomentum()) {
        group.option("base_momentum", options.baseMomentum());
        group.option("max_momentum", options.maxMomentum());
        Momentum.set(group, options.maxMomentum());
      }
    }
    begin();
  }

  @Override
  public void step() {
    if (lastEpoch + 1 > totalSteps) {
      throw LevinException.user(
          "OneCycleLR was made for %d steps and is asked for more.".formatted(totalSteps),
          "Give it as many steps as training takes: epochs times optimizer steps an epoch.");
    }
    super.step();
  }

  @Override
  double next(ParameterGroup group, int index) {
    double start = 0;
    for (int i = 0; i < phases.size(); i++) {
      Phase phase = phases.get(i);
      if (lastEpoch <= phase.endStep() || i == phases.size() - 1) {
        double share = (lastEpoch - start) / (phase.endStep() - start);
        if (options.cycleMomentum()) {
          Momentum.set(
              group,
              anneal(
                  group.option(phase.startMomentum()), group.option(phase.endMomentum()), share));
        }
        return anneal(group.option(phase.startLr()), group.option(phase.endLr()), share);
      }
      start = phase.endStep();
    }
    throw new IllegalStateException("there is a last phase");
  }

  private double anneal(double from, double to, double share) {
    return options.linear()
        ? (to - from) * share + from
        : to + (from - to) / 2.0 * (Math.cos(Math.PI * share) + 1);
  }

  @Override
  void describe(Map<String, Object> state) {
    List<Object> described = new ArrayList<>();
    for (Phase phase : phases) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("end_step", phase.endStep());
      entry.put("start_lr", phase.startLr());
      entry.put("end_lr", phase.endLr());
      entry.put("start_momentum", phase.startMomentum());
      entry.put("end_momentum", phase.endMomentum());
      described.add(entry);
    }
    state.put("total_steps", (long) totalSteps);
    state.put("_schedule_phases", described);
    state.put("cycle_momentum", options.cycleMomentum());
    state.put("use_beta1", Momentum.isBeta(groups().get(0)));
  }
}
