package io.levin.accelerator.lazy;

import ai.djl.Device;
import io.levin.precision.OptimizerStep;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.StepResult;
import io.levin.strategy.Strategy;

/** One lazy device, told of the end of every optimizer step. */
record SingleLazyStrategy(LazyAccelerator accelerator) implements Strategy {
  @Override
  public Device device() {
    return accelerator.device(0);
  }

  @Override
  public StepResult optimizerStep(PrecisionPlugin precision, OptimizerStep step) {
    StepResult result = precision.optimizerStep(step);
    accelerator.markStep();
    return result;
  }
}
