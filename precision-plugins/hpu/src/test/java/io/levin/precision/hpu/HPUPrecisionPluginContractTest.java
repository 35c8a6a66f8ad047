package io.levin.precision.hpu;

import io.levin.plan.Surroundings;
import io.levin.precision.PrecisionPlugin;
import io.levin.testkit.precision.PrecisionPluginContract;
import java.util.Optional;

class HPUPrecisionPluginContractTest extends PrecisionPluginContract {
  @Override
  protected PrecisionPlugin precisionPlugin() {
    return new HPUPrecisionPlugin(
        "bf16", HPUOpLists.of("O1", Optional.empty(), Optional.empty(), Surroundings.here()));
  }
}
