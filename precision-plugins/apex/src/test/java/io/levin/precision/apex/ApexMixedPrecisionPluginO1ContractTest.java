package io.levin.precision.apex;

import io.levin.precision.PrecisionPlugin;
import io.levin.testkit.precision.PrecisionPluginContract;

class ApexMixedPrecisionPluginO1ContractTest extends PrecisionPluginContract {
  @Override
  protected PrecisionPlugin precisionPlugin() {
    return new ApexMixedPrecisionPlugin(ApexLevel.O1, null);
  }
}
