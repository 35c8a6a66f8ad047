package io.levin.precision.amp;

import io.levin.precision.PrecisionPlugin;
import io.levin.testkit.precision.PrecisionPluginContract;

class ShardedNativeMixedPrecisionPluginContractTest extends PrecisionPluginContract {
  @Override
  protected PrecisionPlugin precisionPlugin() {
    return new ShardedNativeMixedPrecisionPlugin("bf16", ScalerOptions.DEFAULT);
  }
}
