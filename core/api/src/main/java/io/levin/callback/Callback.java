package io.levin.callback;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.trainer.Trainer;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Acts at moments of a run. Callbacks are called before the module, in the order in which they were
 * given, those that keep checkpoints last; by the Trainer's one thread.
 */
@ConsumerType
public interface Callback {
  /**
   * The name of its state in checkpoints. Two callbacks of one class need different keys: put what
   * tells them apart into it.
   */
  default String stateKey() {
    return getClass().getSimpleName();
  }

  /**
   * State to be kept: numbers, texts, booleans, lists and maps of them, NDArrays. Empty for none.
   */
  default Map<String, Object> stateDict() {
    return Map.of();
  }

  default void loadStateDict(Map<String, Object> state) {}

  /** Whether it keeps checkpoints, and so must see the other callbacks' state. */
  default boolean keepsCheckpoints() {
    return false;
  }

  default void onFitStart(Trainer trainer, LevinModule module) {}

  default void onFitEnd(Trainer trainer, LevinModule module) {}

  default void onSanityCheckStart(Trainer trainer, LevinModule module) {}

  default void onSanityCheckEnd(Trainer trainer, LevinModule module) {}

  default void onTrainStart(Trainer trainer, LevinModule module) {}

  default void onTrainEnd(Trainer trainer, LevinModule module) {}

  default void onTrainEpochStart(Trainer trainer, LevinModule module) {}

  default void onTrainEpochEnd(Trainer trainer, LevinModule module) {}

  default void onTrainBatchStart(
      Trainer trainer, LevinModule module, NDList batch, int batchIndex) {}

  /**
   * @param loss of this batch, undivided; null when the step gave none
   */
  default void onTrainBatchEnd(
      Trainer trainer, LevinModule module, NDArray loss, NDList batch, int batchIndex) {}

  default void onValidationStart(Trainer trainer, LevinModule module) {}

  default void onValidationEnd(Trainer trainer, LevinModule module) {}

  default void onValidationEpochStart(Trainer trainer, LevinModule module) {}

  default void onValidationEpochEnd(Trainer trainer, LevinModule module) {}

  default void onValidationBatchStart(
      Trainer trainer, LevinModule module, NDList batch, int batchIndex, int loaderIndex) {}

  default void onValidationBatchEnd(
      Trainer trainer, LevinModule module, NDList batch, int batchIndex, int loaderIndex) {}

  default void onTestStart(Trainer trainer, LevinModule module) {}

  default void onTestEnd(Trainer trainer, LevinModule module) {}

  default void onTestBatchEnd(
      Trainer trainer, LevinModule module, NDList batch, int batchIndex, int loaderIndex) {}

  default void onPredictStart(Trainer trainer, LevinModule module) {}

  default void onPredictEnd(Trainer trainer, LevinModule module) {}

  default void onPredictBatchEnd(
      Trainer trainer, LevinModule module, NDList batch, int batchIndex, int loaderIndex) {}

  default void onBeforeZeroGrad(Trainer trainer, LevinModule module, Optimizer optimizer) {}

  default void onBeforeBackward(Trainer trainer, LevinModule module, NDArray loss) {}

  default void onAfterBackward(Trainer trainer, LevinModule module) {}

  default void onBeforeOptimizerStep(
      Trainer trainer, LevinModule module, Optimizer optimizer, int optimizerIndex) {}

  default void onStepSkipped(
      Trainer trainer, LevinModule module, Optimizer optimizer, int optimizerIndex) {}

  default void onSaveCheckpoint(
      Trainer trainer, LevinModule module, Map<String, Object> checkpoint) {}

  default void onLoadCheckpoint(
      Trainer trainer, LevinModule module, Map<String, Object> checkpoint) {}

  /** A checkpoint is safely on disk. */
  default void onCheckpointDurable(Trainer trainer, LevinModule module, Path path) {}

  /** The run failed; called before anything is closed. */
  default void onException(Trainer trainer, LevinModule module, Throwable failure) {}
}
