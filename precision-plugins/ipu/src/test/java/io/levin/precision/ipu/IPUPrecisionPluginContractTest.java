package io.levin.precision.ipu;

import io.levin.accelerator.EmulatedAccelerator;
import io.levin.precision.ClipAlgorithm;
import io.levin.precision.PrecisionPlugin;
import io.levin.testkit.precision.PrecisionPluginContract;
import java.util.EnumSet;
import java.util.Set;

class IPUPrecisionPluginContractTest extends PrecisionPluginContract {
  @Override
  protected PrecisionPlugin precisionPlugin() {
    return new IPUPrecisionPlugin("16", new EmulatedAccelerator("IPUAccelerator"));
  }

  @Override
  protected Set<ClipAlgorithm> cannotClip() {
    return EnumSet.allOf(ClipAlgorithm.class);
  }
}
