package io.levin.accelerator.hpu;

import ai.djl.Device;
import io.levin.MisconfigurationException;
import io.levin.accelerator.EmulatedAccelerator;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.strategy.Strategy;
import java.util.List;

/** One HPU, with one optimizer. */
record SingleHPUStrategy(EmulatedAccelerator accelerator) implements Strategy {
  @Override
  public Device device() {
    return accelerator.device(0);
  }

  @Override
  public void connect(LevinModule module, List<Optimizer> optimizers) {
    demandOne(module, optimizers);
  }

  static void demandOne(LevinModule module, List<Optimizer> optimizers) {
    if (optimizers.size() != 1) {
      throw new MisconfigurationException(
          "An HPU works with one optimizer, and %s has %d."
              .formatted(module.getClass().getSimpleName(), optimizers.size()),
          "Let configureOptimizers() give one, or give --accelerator cpu.");
    }
  }
}
