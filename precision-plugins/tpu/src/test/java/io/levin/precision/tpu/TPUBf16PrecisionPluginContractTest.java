package io.levin.precision.tpu;

import io.levin.accelerator.EmulatedAccelerator;
import io.levin.precision.PrecisionPlugin;
import io.levin.testkit.precision.PrecisionPluginContract;

class TPUBf16PrecisionPluginContractTest extends PrecisionPluginContract {
  @Override
  protected PrecisionPlugin precisionPlugin() {
    return new TPUBf16PrecisionPlugin(new EmulatedAccelerator("TPUAccelerator"));
  }
}
