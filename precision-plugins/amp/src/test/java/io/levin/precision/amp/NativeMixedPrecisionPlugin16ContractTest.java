package io.levin.precision.amp;

import io.levin.precision.PrecisionPlugin;
import io.levin.testkit.precision.PrecisionPluginContract;

class NativeMixedPrecisionPlugin16ContractTest extends PrecisionPluginContract {
  @Override
  protected PrecisionPlugin precisionPlugin() {
    return new NativeMixedPrecisionPlugin("16");
  }
}
