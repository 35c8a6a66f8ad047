package io.levin.callback.builtin;

import ai.djl.ndarray.NDList;
import io.levin.MisconfigurationException;
import io.levin.arguments.TrainerArguments;
import io.levin.callback.Callback;
import io.levin.module.LevinModule;
import io.levin.optim.SchedulerConfig;
import io.levin.trainer.Trainer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Logs learning rates as {@code lr-Adam}, of several groups as {@code lr-Adam/pg1}, of further
 * optimizers of one kind as {@code lr-Adam-1}; or under the name that a schedule was given.
 */
public final class LearningRateMonitor implements Callback {
  /** When rates are logged. */
  public enum Interval {
    /** Before a batch, every {@code log-every-n-steps} steps. */
    STEP,
    /** When an epoch starts. */
    EPOCH,
    /** Each as its schedule advances; one that has none, when an epoch starts. */
    SCHEDULE
  }

  private final Interval interval;
  private final boolean logsMomentum;
  private long loggedStep;

  /**
   * @param logsMomentum whether momentum, or Adam's beta1, is logged too
   */
  public LearningRateMonitor(Interval interval, boolean logsMomentum) {
    this.interval = interval;
    this.logsMomentum = logsMomentum;
  }

  @Override
  public void onTrainStart(Trainer trainer, LevinModule module) {
    if (trainer.loggers().isEmpty() && !Monitor.isTrial(trainer)) {
      throw new MisconfigurationException(
          "LearningRateMonitor has no logger to write to.",
          "Give --loggers csv, or leave the callback out.");
    }
    loggedStep = -1;
    LearningRates.check(trainer.schedulers());
  }

  @Override
  public void onTrainBatchStart(Trainer trainer, LevinModule module, NDList batch, int batchIndex) {
    long step = trainer.globalStep();
    boolean isDue = step % trainer.arguments().get(TrainerArguments.LOG_EVERY_N_STEPS) == 0;
    if (interval == Interval.EPOCH || !isDue || step == loggedStep) {
      return;
    }
    loggedStep = step;
    log(trainer, config -> isOf(config, SchedulerConfig.Interval.STEP));
  }

  @Override
  public void onTrainEpochStart(Trainer trainer, LevinModule module) {
    if (interval != Interval.STEP) {
      log(trainer, config -> config == null || isOf(config, SchedulerConfig.Interval.EPOCH));
    }
  }

  private static boolean isOf(SchedulerConfig config, SchedulerConfig.Interval wanted) {
    return config != null && config.interval() == wanted;
  }

  private void log(Trainer trainer, Predicate<SchedulerConfig> bySchedule) {
    Predicate<SchedulerConfig> wanted = interval == Interval.SCHEDULE ? bySchedule : config -> true;
    Map<String, Double> rates = new LinkedHashMap<>();
    LearningRates.of(trainer.optimizers(), trainer.schedulers()).stream()
        .filter(named -> wanted.test(named.schedule()))
        .forEach(named -> rates.putAll(named.values(logsMomentum)));
    if (!rates.isEmpty()) {
      trainer.logMetrics(rates);
    }
  }
}
