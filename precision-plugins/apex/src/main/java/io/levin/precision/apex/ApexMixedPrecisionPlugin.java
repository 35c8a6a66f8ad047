package io.levin.precision.apex;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.levin.precision.MixedPrecisionPlugin;
import io.levin.precision.Scope;
import io.levin.torch.Autocast;
import io.levin.torch.Casts;
import io.levin.torch.LowPrecisionNetwork;

/**
 * Mixed precision by {@linkplain ApexLevel Apex's levels}, on libtorch's operations: the behaviour
 * of NVIDIA's Apex, without it. Gradients are clipped and checked on the 32-bit masters (O3 has
 * none), and steps whose gradients are not finite are left out where the loss is scaled.
 */
public final class ApexMixedPrecisionPlugin extends MixedPrecisionPlugin {
  private final ApexLevel level;
  private final LowPrecisionNetwork network;

  /**
   * @param level where 16 bits are used
   * @param lossScale {@code dynamic} or a number above 0; null for what is usual with the level
   * @throws IllegalArgumentException when the loss scale is neither
   */
  public ApexMixedPrecisionPlugin(ApexLevel level, String lossScale) {
    super(ApexLossScale.of(lossScale == null ? level.standardScale() : lossScale).orNothing());
    this.level = level;
    boolean isLow = level == ApexLevel.O2 || level == ApexLevel.O3;
    network = isLow ? new LowPrecisionNetwork(Autocast.To.FP16) : null;
  }

  @Override
  public String precision() {
    return "mixed";
  }

  @Override
  public String backend() {
    return "apex";
  }

  @Override
  public DataType parameterType() {
    return level == ApexLevel.O3 ? DataType.FLOAT16 : DataType.FLOAT32;
  }

  @Override
  public ParameterStore parameterStore(Block block, NDManager manager) {
    return network == null ? super.parameterStore(block, manager) : network.store(block, manager);
  }

  @Override
  public Scope forwardContext() {
    return switch (level) {
      case O0 -> Scope.NONE;
      case O1 -> ApexLevel.PATCHES.open()::close;
      case O2, O3 -> network.open()::close;
    };
  }

  @Override
  public NDList convertNetworkInput(NDList inputs) {
    return network == null ? inputs : network.input(inputs);
  }

  /** Losses are computed in 32 bits, as with Apex. */
  @Override
  public NDList convertOutput(NDList outputs) {
    return Casts.widened(outputs);
  }
}
