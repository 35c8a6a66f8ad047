package io.levin.module;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.optim.Optimizer;
import java.util.Map;

/** Moments of a run at which a module may act; all do nothing by default. */
public interface ModuleHooks {
  default void onFitStart() {}

  default void onFitEnd() {}

  default void onTrainStart() {}

  default void onTrainEnd() {}

  default void onTrainEpochStart() {}

  default void onTrainEpochEnd() {}

  default void onTrainBatchStart(NDList batch, int batchIndex) {}

  default void onTrainBatchEnd(NDArray loss, NDList batch, int batchIndex) {}

  default void onValidationStart() {}

  default void onValidationEnd() {}

  default void onValidationEpochStart() {}

  default void onValidationEpochEnd() {}

  default void onValidationBatchStart(NDList batch, int batchIndex, int loaderIndex) {}

  default void onValidationBatchEnd(NDList batch, int batchIndex, int loaderIndex) {}

  default void onTestStart() {}

  default void onTestEnd() {}

  default void onTestEpochStart() {}

  default void onTestEpochEnd() {}

  default void onPredictStart() {}

  default void onPredictEnd() {}

  /** Before the batch goes to the device; may return another batch. */
  default NDList onBeforeBatchTransfer(NDList batch) {
    return batch;
  }

  /** After the batch came to the device; may return another batch. */
  default NDList onAfterBatchTransfer(NDList batch) {
    return batch;
  }

  /** Before gradients are set to zero. */
  default void onBeforeZeroGrad(Optimizer optimizer) {}

  /** Sees the loss as it is propagated: scaled, where a scaler is used. */
  default void onBeforeBackward(NDArray loss) {}

  /** Sees gradients as backward left them: scaled, where a scaler is used. */
  default void onAfterBackward() {}

  /** Sees gradients unscaled and not yet clipped. */
  default void onBeforeOptimizerStep(Optimizer optimizer, int optimizerIndex) {}

  /** After the scaler skipped an optimizer's step because gradients were not finite. */
  default void onStepSkipped(Optimizer optimizer, int optimizerIndex) {}

  /** May add to or change a checkpoint's user part; last of all writers. */
  default void onSaveCheckpoint(Map<String, Object> checkpoint) {}

  /** May read or change a checkpoint's user part before weights are loaded. */
  default void onLoadCheckpoint(Map<String, Object> checkpoint) {}
}
