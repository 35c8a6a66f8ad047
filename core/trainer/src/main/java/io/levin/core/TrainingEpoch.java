package io.levin.core;

import static io.levin.arguments.TrainerArguments.CHECK_VAL_EVERY_N_EPOCH;
import static io.levin.arguments.TrainerArguments.LOG_EVERY_N_STEPS;
import static io.levin.arguments.TrainerArguments.SCHEDULER_FOLLOWS_SKIPPED_STEPS;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.data.Loader;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.optim.SchedulerConfig.Interval;
import io.levin.precision.StepResult;
import java.util.LinkedHashMap;
import java.util.Map;

/** The batches of one epoch, from wherever the progress stands. */
final class TrainingEpoch {
  private final DefaultTrainer trainer;
  private final FitParts parts;
  private final Loader loader;
  private final EvaluationLoop validation;
  private final Progress progress;
  private final MetricStore metrics;
  private final Hooks hooks;
  private final LevinModule module;
  private final OptimizationStep[] steps;
  private final ManualOptimization manual;
  private final int logEvery;
  private final boolean followsSkipped;
  private final long validationInterval;
  private final boolean watchesMetricsPerStep;
  private boolean sawLoss;
  private boolean skipped;

  TrainingEpoch(
      DefaultTrainer trainer,
      FitParts parts,
      Loader loader,
      EvaluationLoop validation,
      ManualOptimization manual) {
    this.trainer = trainer;
    this.parts = parts;
    this.loader = loader;
    this.validation = validation;
    this.progress = trainer.progress();
    this.metrics = trainer.metrics();
    this.hooks = parts.hooks();
    this.module = parts.module();
    this.manual = manual;
    this.steps = new OptimizationStep[manual == null ? parts.optimizers().size() : 0];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = new OptimizationStep(trainer, parts, i);
    }
    this.logEvery = trainer.arguments().get(LOG_EVERY_N_STEPS);
    this.followsSkipped = trainer.arguments().get(SCHEDULER_FOLLOWS_SKIPPED_STEPS);
    this.validationInterval = parts.limits().validationInterval(trainer.trainBatches());
    this.watchesMetricsPerStep = parts.schedules().watchMetrics(Interval.STEP);
  }

  boolean sawLoss() {
    return sawLoss;
  }

  /**
   * Runs the rest of the epoch.
   *
   * @param resumesAtEnd whether the last batch is already trained and only its end is to be done
   * @return whether the epoch is complete; false when training ends within it
   */
  boolean run(boolean resumesAtEnd) {
    long batches = trainer.trainBatches();
    if (progress.phase == Progress.Phase.EPOCH_ENDED) {
      return true;
    }
    if (progress.batchesDone > 0 && progress.phase == Progress.Phase.BATCH_DONE) {
      validateIfDue();
    }
    if (resumesAtEnd) {
      sawLoss = true;
      return true;
    }
    sawLoss = progress.batchesDone > 0;
    try (BatchStream stream = trainer.trainStream(loader, progress.epoch, progress.batchesDone)) {
      while (progress.batchesDone < batches) {
        if (endsHere()) {
          return false;
        }
        train(stream, progress.batchesDone + 1 == batches);
        validateIfDue();
      }
    }
    return true;
  }

  /** Stops only where no accumulation window is open, so that nothing half-done is left. */
  private boolean endsHere() {
    if (progress.batchesDone % parts.limits().accumulate != 0) {
      return false;
    }
    trainer.agreeOnEnd();
    long maxSteps = parts.limits().maxSteps;
    return trainer.isInterrupted() || (maxSteps >= 0 && progress.globalStep >= maxSteps);
  }

  private void train(BatchStream stream, boolean isLast) {
    int batchIndex = (int) progress.batchesDone;
    trainer.enterBatch(batchIndex);
    int accumulate = parts.limits().accumulate;
    boolean startsWindow = batchIndex % accumulate == 0;
    boolean endsWindow = (batchIndex + 1) % accumulate == 0 || isLast;
    try (Batch next = stream.next()) {
      NDList batch = module.onAfterBatchTransfer(module.onBeforeBatchTransfer(next.data()));
      metrics.enter(true, next.size());
      hooks.call(
          c -> c.onTrainBatchStart(trainer, module, batch, batchIndex),
          m -> m.onTrainBatchStart(batch, batchIndex));
      NDArray loss =
          manual == null
              ? automatic(batch, batchIndex, startsWindow, endsWindow)
              : manual.run(batch, batchIndex);
      if (endsWindow) {
        metrics.settle();
      }
      sawLoss |= loss != null;
      progress.batchesDone++;
      progress.totalBatches++;
      progress.phase = Progress.Phase.BATCH_DONE;
      if (endsWindow && manual == null) {
        advanceSchedules(isLast);
      }
      if (endsWindow && progress.globalStep % logEvery == 0) {
        writeStepMetrics();
      }
      hooks.call(
          c -> c.onTrainBatchEnd(trainer, module, loss, batch, batchIndex),
          m -> m.onTrainBatchEnd(loss, batch, batchIndex));
    }
    trainer.checkpoints().announceDurable();
  }

  private NDArray automatic(NDList batch, int batchIndex, boolean starts, boolean ends) {
    NDArray loss = null;
    skipped = false;
    for (int i = 0; i < steps.length; i++) {
      if (steps.length > 1) {
        only(i);
      }
      StepResult result = steps[i].run(batch, batchIndex, starts, ends);
      loss = steps[i].loss();
      if (result != null) {
        progress.globalStep++;
        if (result == StepResult.SKIPPED) {
          stepSkipped(parts.optimizers().get(i), i);
        }
      }
    }
    if (steps.length > 1) {
      only(-1);
    }
    return loss;
  }

  /** Lets only one optimizer's parameters collect gradients; -1 lets all. */
  private void only(int index) {
    for (int i = 0; i < steps.length; i++) {
      boolean wanted = index < 0 || i == index;
      parts
          .optimizers()
          .get(i)
          .groups()
          .forEach(group -> group.arrays().forEach(array -> array.setRequiresGradient(wanted)));
    }
    if (index >= 0) {
      parts
          .optimizers()
          .get(index)
          .groups()
          .forEach(group -> group.arrays().forEach(array -> array.setRequiresGradient(true)));
    }
  }

  private void stepSkipped(Optimizer optimizer, int index) {
    skipped = true;
    progress.skippedSteps++;
    hooks.call(
        c -> c.onStepSkipped(trainer, module, optimizer, index),
        m -> m.onStepSkipped(optimizer, index));
  }

  private void advanceSchedules(boolean isLast) {
    boolean holds = skipped && !followsSkipped;
    parts.schedules().advance(Interval.STEP, windows(), false, Map.of(), holds);
    if (isLast) {
      parts.schedules().advance(Interval.EPOCH, progress.epoch + 1L, false, Map.of(), false);
    }
    if (watchesMetricsPerStep) {
      Map<String, Double> values = AgreedMetrics.of(metrics.callbackMetrics(), trainer.strategy());
      parts.schedules().advance(Interval.STEP, windows(), true, values, holds);
    }
  }

  /** Accumulation windows completed since the beginning: what step schedules count. */
  private long windows() {
    return Math.max(1, progress.globalStep / Math.max(1, steps.length));
  }

  private void writeStepMetrics() {
    Map<String, Double> values = new LinkedHashMap<>(metrics.sharedStepMetrics());
    values.putAll(parts.precision().metrics());
    values.putAll(trainer.accelerator().metrics());
    trainer.write(values);
  }

  private void validateIfDue() {
    if (progress.phase == Progress.Phase.VALIDATED || !isValidationDue()) {
      return;
    }
    // Marked before the hooks: a checkpoint kept by one of them resumes after this validation.
    progress.phase = Progress.Phase.VALIDATED;
    validation.run();
  }

  private boolean isValidationDue() {
    if (validation == null || progress.batchesDone == 0) {
      return false;
    }
    boolean epochDue = (progress.epoch + 1) % trainer.arguments().get(CHECK_VAL_EVERY_N_EPOCH) == 0;
    return epochDue && progress.batchesDone % validationInterval == 0;
  }
}
