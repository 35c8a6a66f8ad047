package io.levin.precision.tpu;

import io.levin.accelerator.EmulatedAccelerator;
import io.levin.precision.PrecisionPlugin;
import io.levin.testkit.precision.PrecisionPluginContract;

class TPUPrecisionPluginContractTest extends PrecisionPluginContract {
  @Override
  protected PrecisionPlugin precisionPlugin() {
    return new TPUPrecisionPlugin(new EmulatedAccelerator("TPUAccelerator"));
  }

  @Override
  protected double tolerance() {
    return 1e-6;
  }
}
