package io.levin.callback.builtin;

import ai.djl.ndarray.NDList;
import io.levin.MisconfigurationException;
import io.levin.arguments.TrainerArguments;
import io.levin.callback.Callback;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import io.levin.trainer.Trainer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Logs learning rates as {@code lr-Adam}, groups after the first as {@code lr-Adam/pg2}, further
 * optimizers of one kind as {@code lr-Adam-1}.
 */
public final class LearningRateMonitor implements Callback {
  /** When rates are logged. */
  public enum Interval {
    STEP,
    EPOCH
  }

  private final Interval interval;
  private final boolean logsMomentum;

  /**
   * @param logsMomentum whether momentum, or Adam's beta1, is logged too
   */
  public LearningRateMonitor(Interval interval, boolean logsMomentum) {
    this.interval = interval;
    this.logsMomentum = logsMomentum;
  }

  @Override
  public void onTrainStart(Trainer trainer, LevinModule module) {
    if (trainer.loggers().isEmpty()) {
      throw new MisconfigurationException(
          "LearningRateMonitor has no logger to write to.",
          "Give --loggers csv, or leave the callback out.");
    }
  }

  @Override
  public void onTrainBatchStart(Trainer trainer, LevinModule module, NDList batch, int batchIndex) {
    int every = trainer.arguments().get(TrainerArguments.LOG_EVERY_N_STEPS);
    if (interval == Interval.STEP && trainer.globalStep() % every == 0) {
      trainer.logMetrics(rates(trainer.optimizers()));
    }
  }

  @Override
  public void onTrainEpochStart(Trainer trainer, LevinModule module) {
    if (interval == Interval.EPOCH) {
      trainer.logMetrics(rates(trainer.optimizers()));
    }
  }

  Map<String, Double> rates(List<Optimizer> optimizers) {
    Map<String, Double> rates = new LinkedHashMap<>();
    Map<String, Integer> seen = new HashMap<>();
    for (Optimizer optimizer : optimizers) {
      int before = seen.merge(optimizer.name(), 1, Integer::sum) - 1;
      String name = "lr-" + optimizer.name() + (before == 0 ? "" : "-" + before);
      List<ParameterGroup> groups = optimizer.groups();
      for (int i = 0; i < groups.size(); i++) {
        String full = groups.size() == 1 ? name : name + "/pg" + (i + 1);
        rates.put(full, groups.get(i).lr());
        if (logsMomentum) {
          rates.put(full + "-momentum", momentum(groups.get(i)));
        }
      }
    }
    return rates;
  }

  private static double momentum(ParameterGroup group) {
    return group.optionOr("momentum", group.optionOr("beta1", 0));
  }
}
