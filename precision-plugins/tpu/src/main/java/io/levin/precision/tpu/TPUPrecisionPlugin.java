package io.levin.precision.tpu;

import io.levin.MisconfigurationException;
import io.levin.accelerator.Accelerator;
import io.levin.precision.OptimizerStep;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.StepResult;

/**
 * 32 bits on TPUs. Gradients are reduced inside the step, before hooks and clipping, and the device
 * is told of the step's end, since only then does it compute.
 */
public class TPUPrecisionPlugin extends PrecisionPlugin {
  private final Accelerator device;

  /**
   * @param device that is told of every step's end
   */
  public TPUPrecisionPlugin(Accelerator device) {
    this.device = device;
  }

  /**
   * @throws MisconfigurationException when no batch gave a loss: all replicas must step together
   */
  @Override
  public final StepResult optimizerStep(OptimizerStep step) {
    if (!step.closure()) {
      throw new MisconfigurationException(
          "trainingStep gave no loss, and on a TPU no batch can be left out.",
          "Return a loss for every batch.");
    }
    step.reduceGradients();
    step.afterClosure();
    step.optimizer().step();
    device.markStep();
    return StepResult.STEPPED;
  }
}
