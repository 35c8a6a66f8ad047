package io.levin.accelerator.tpu;

import ai.djl.Device;
import io.levin.accelerator.EmulatedAccelerator;
import io.levin.optim.Optimizer;
import io.levin.strategy.Strategy;

/** One TPU core. Gradients are reduced when the precision plugin says so, not after backward. */
record SingleTPUStrategy(EmulatedAccelerator accelerator) implements Strategy {
  @Override
  public Device device() {
    return accelerator.device(0);
  }

  @Override
  public void reduceGradients(Optimizer optimizer) {
    accelerator.reduced();
  }
}
