package io.levin.precision.full;

import io.levin.precision.PrecisionPlugin;
import io.levin.testkit.precision.PrecisionPluginContract;

class DoublePrecisionPluginContractTest extends PrecisionPluginContract {
  @Override
  protected PrecisionPlugin precisionPlugin() {
    return new DoublePrecisionPlugin();
  }

  @Override
  protected double tolerance() {
    return 1e-4;
  }
}
