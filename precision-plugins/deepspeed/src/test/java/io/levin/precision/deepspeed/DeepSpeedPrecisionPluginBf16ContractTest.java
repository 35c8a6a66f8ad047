package io.levin.precision.deepspeed;

import io.levin.precision.PrecisionPlugin;
import io.levin.testkit.precision.PrecisionPluginContract;

class DeepSpeedPrecisionPluginBf16ContractTest extends PrecisionPluginContract {
  @Override
  protected PrecisionPlugin precisionPlugin() {
    return new DeepSpeedPrecisionPlugin("bf16", Fp16Section.DEFAULT, 0);
  }

  @Override
  protected boolean clipsByItself() {
    return true;
  }
}
