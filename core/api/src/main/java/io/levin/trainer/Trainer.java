package io.levin.trainer;

import ai.djl.ndarray.NDList;
import io.levin.accelerator.Accelerator;
import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import io.levin.callback.Callback;
import io.levin.data.DataModule;
import io.levin.logger.Logger;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.optim.SchedulerConfig;
import io.levin.plan.Plan;
import io.levin.precision.PrecisionPlugin;
import io.levin.strategy.Strategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Trains, validates, tests and predicts, with the parts of one {@link Plan}.
 *
 * <p>Not thread-safe, but for {@link #stop} and {@link #interrupt}, which any thread may call.
 */
@ProviderType
public interface Trainer extends AutoCloseable {

  /** What a Trainer is doing. */
  enum State {
    IDLE,
    SANITY_CHECKING,
    TRAINING,
    VALIDATING,
    TESTING,
    PREDICTING
  }

  /** Trains; resumes when {@code ckpt-path} says so. */
  FitResult fit(LevinModule module, DataModule data);

  /** Runs the validation data once and gives its metrics. */
  Map<String, Double> validate(LevinModule module, DataModule data);

  Map<String, Double> test(LevinModule module, DataModule data);

  /** The predictions of every batch, in order; the caller owns and closes them. */
  List<NDList> predict(LevinModule module, DataModule data);

  Plan plan();

  Arguments arguments();

  State state();

  /** Completed optimizer steps, over all optimizers. */
  long globalStep();

  /** Index of the present epoch, from 0. */
  int currentEpoch();

  /** Index of the present batch in the epoch, from 0. */
  int batchIndex();

  /** Batches in one training epoch, after limits; 0 before training. */
  long trainBatches();

  /** Batches of one validation run, after limits. */
  long validationBatches();

  /** The number of epochs at which training ends, or -1. */
  int maxEpochs();

  /** The number of optimizer steps at which training ends, or -1. */
  long maxSteps();

  /**
   * Newest value of every logged metric. Arrays are read when this is called: not for every step.
   */
  Map<String, Double> callbackMetrics();

  /** The newest metrics that ask for the progress bar. */
  Map<String, Double> progressBarMetrics();

  List<Optimizer> optimizers();

  List<SchedulerConfig> schedulers();

  /** The kind of device of this run. */
  Accelerator accelerator();

  Strategy strategy();

  PrecisionPlugin precision();

  List<Callback> callbacks();

  List<Logger> loggers();

  /**
   * Folder of this run: logs, report, {@code summary.json}. On this machine, wherever its
   * checkpoints are.
   */
  Path runDirectory();

  /** Where this run's checkpoints are kept unless somebody says otherwise; may be in a storage. */
  default Path checkpointDirectory() {
    return runDirectory().resolve("checkpoints");
  }

  /** Writes to all loggers now. */
  void logMetrics(Map<String, Double> metrics);

  /** Ends training at the next step boundary, once min-epochs and min-steps are reached. */
  void stop(String reason);

  /**
   * Ends training at the next step boundary come what may, and keeps a checkpoint first.
   *
   * @param reason {@code signal NAME} for signals: where that is what the run's scheduler announces
   *     the end of its time by, the job is put back into the queue
   */
  void interrupt(String reason);

  boolean shouldStop();

  /**
   * Keeps a checkpoint of this moment; to be called at a step boundary, by the Trainer's thread.
   */
  void saveCheckpoint(Path path, boolean weightsOnly);

  /** Whether a checkpoint of this very moment is kept already. */
  boolean isKept();

  /**
   * Takes another CheckpointIO from the next checkpoint on, though the run goes on. May be called
   * by any thread.
   *
   * @param plugin by name, with options, as in {@code plugins}
   * @return who keeps checkpoints from now on
   * @throws io.levin.LevinException saying why it cannot be had; then nothing changes
   */
  String swapCheckpointIO(PluginReference plugin);

  /**
   * Makes a path another name of a checkpoint that was kept before, in place of what it was; or
   * keeps this moment there, where names cost as much. To be called at the same step boundary.
   */
  void linkCheckpoint(Path checkpoint, Path another, boolean weightsOnly);

  /** What names of checkpoints end with, for example {@code .ckpt}. */
  String checkpointSuffix();

  /** Removes a checkpoint, where it is one. */
  void removeCheckpoint(Path path);

  @Override
  void close();
}
