package io.levin.precision.full;

import io.levin.precision.PrecisionPlugin;
import io.levin.testkit.precision.PrecisionPluginContract;

class PrecisionPluginContractTest extends PrecisionPluginContract {
  @Override
  protected PrecisionPlugin precisionPlugin() {
    return new PrecisionPlugin();
  }

  @Override
  protected double tolerance() {
    return 0;
  }
}
