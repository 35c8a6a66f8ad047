package com.example.precision.wideloss;

import io.levin.precision.PrecisionPlugin;
import io.levin.testkit.precision.PrecisionPluginContract;

class WideLossPrecisionPluginContractTest extends PrecisionPluginContract {
  @Override
  protected PrecisionPlugin precisionPlugin() {
    return new WideLossPrecisionPlugin();
  }

  /** It differs from full precision in the last bits only. */
  @Override
  protected double tolerance() {
    return 1e-4;
  }
}
