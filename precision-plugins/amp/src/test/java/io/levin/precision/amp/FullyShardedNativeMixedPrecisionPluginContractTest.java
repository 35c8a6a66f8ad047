package io.levin.precision.amp;

import io.levin.precision.PrecisionPlugin;
import io.levin.testkit.precision.PrecisionPluginContract;

class FullyShardedNativeMixedPrecisionPluginContractTest extends PrecisionPluginContract {
  @Override
  protected PrecisionPlugin precisionPlugin() {
    return new FullyShardedNativeMixedPrecisionPlugin("16", ScalerOptions.DEFAULT);
  }
}
