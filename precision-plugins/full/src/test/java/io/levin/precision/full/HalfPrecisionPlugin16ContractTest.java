package io.levin.precision.full;

import io.levin.precision.PrecisionPlugin;
import io.levin.testkit.precision.PrecisionPluginContract;

class HalfPrecisionPlugin16ContractTest extends PrecisionPluginContract {
  @Override
  protected PrecisionPlugin precisionPlugin() {
    return new HalfPrecisionPlugin("16-true");
  }
}
