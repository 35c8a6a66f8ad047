package io.levin.core;

import io.levin.LevinException;
import io.levin.arguments.TrainerArguments;
import io.levin.module.LevinModule;
import io.levin.optim.SchedulerConfig.Interval;
import java.nio.file.Path;
import java.util.Map;

/** Epochs until something says stop; each resumable at any batch boundary. */
final class FitLoop {
  private final DefaultTrainer trainer;
  private final FitParts parts;
  private final Limits limits;
  private final Progress progress;
  private final MetricStore metrics;
  private final TrainingEpoch epoch;
  private final Hooks hooks;

  FitLoop(DefaultTrainer trainer, FitParts parts, TrainingEpoch epoch) {
    this.trainer = trainer;
    this.parts = parts;
    this.limits = parts.limits();
    this.progress = trainer.progress();
    this.metrics = trainer.metrics();
    this.epoch = epoch;
    this.hooks = parts.hooks();
  }

  void run() {
    hooks.call(c -> c.onTrainStart(trainer, parts.module()), LevinModule::onTrainStart);
    while (!done()) {
      runEpoch();
    }
    keepForRequeue();
    hooks.call(c -> c.onTrainEnd(trainer, parts.module()), LevinModule::onTrainEnd);
  }

  /** Before all that happens at the end: the time left may be short. */
  private void keepForRequeue() {
    if (trainer.isToBeRequeued()) {
      String suffix = trainer.checkpointSuffix();
      Path path =
          OneForAll.path(
              trainer.strategy(),
              "checkpoint",
              () -> Requeue.next(trainer.checkpointDirectory(), suffix));
      trainer.saveCheckpoint(path, false);
      trainer.checkpoints().finish();
    }
  }

  private boolean done() {
    trainer.agreeOnEnd();
    if (trainer.isInterrupted()) {
      return true;
    }
    if (limits.maxEpochs >= 0 && progress.epoch >= limits.maxEpochs) {
      return true;
    }
    if (reachedMaxSteps()) {
      return true;
    }
    return trainer.endsWithEpoch()
        && progress.batchesDone == 0
        && progress.epoch >= limits.minEpochs
        && progress.globalStep >= limits.minSteps;
  }

  private boolean reachedMaxSteps() {
    return limits.maxSteps >= 0 && progress.globalStep >= limits.maxSteps;
  }

  private void runEpoch() {
    long before = progress.totalBatches;
    boolean resumesAtEnd = progress.batchesDone >= trainer.trainBatches();
    if (progress.batchesDone == 0) {
      hooks.call(c -> c.onTrainEpochStart(trainer, parts.module()), LevinModule::onTrainEpochStart);
    }
    boolean complete = epoch.run(resumesAtEnd);
    if (!complete) {
      return;
    }
    if (progress.totalBatches > before
        && !epoch.sawLoss()
        && parts.module().automaticOptimization()) {
      throw LevinException.user(
          "trainingStep of %s returned no loss for any of the %d batches of epoch %d."
              .formatted(
                  parts.module().getClass().getSimpleName(),
                  progress.totalBatches - before,
                  progress.epoch),
          "Return the loss from trainingStep, or override automaticOptimization to return false.");
    }
    endEpoch();
  }

  private void endEpoch() {
    if (progress.phase != Progress.Phase.EPOCH_ENDED) {
      Map<String, Double> means = metrics.endEpoch();
      if (!means.isEmpty()) {
        trainer.write(means);
      }
      // Marked before the hooks: a checkpoint kept by the last of them resumes after them.
      progress.phase = Progress.Phase.EPOCH_ENDED;
      hooks.call(c -> c.onTrainEpochEnd(trainer, parts.module()), LevinModule::onTrainEpochEnd);
    }
    if (parts.module().automaticOptimization()) {
      parts.schedules().advance(Interval.EPOCH, progress.epoch + 1L, true, lazily(), false);
    }
    progress.epoch++;
    progress.batchesDone = 0;
    progress.phase = Progress.Phase.BATCH_DONE;
    trainer.flushLoggers();
  }

  private Map<String, Double> lazily() {
    return parts.schedules().watchMetrics(Interval.EPOCH)
        ? AgreedMetrics.of(metrics.callbackMetrics(), trainer.strategy())
        : Map.of();
  }

  /** The number of batches of an epoch, for which there is an argument. */
  static long batches(DefaultTrainer trainer) {
    long batches = trainer.trainBatches();
    if (batches == 0) {
      throw LevinException.user(
          "There is no training batch: %s."
              .formatted(trainer.arguments().get(TrainerArguments.LIMIT_TRAIN_BATCHES)),
          "Raise --limit-train-batches or lower the batch size.");
    }
    return batches;
  }
}
