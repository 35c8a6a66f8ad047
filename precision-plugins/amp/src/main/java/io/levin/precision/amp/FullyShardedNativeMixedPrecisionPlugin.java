package io.levin.precision.amp;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.levin.precision.Scope;
import io.levin.torch.Autocast;
import io.levin.torch.LowPrecisionNetwork;

/**
 * Mixed precision for {@code fsdp}: parameters are 16 bits in the network and in what is gathered
 * for it, and 32 bits in the shards that the optimizer steps. Clipping by norm goes over all
 * shards.
 */
public final class FullyShardedNativeMixedPrecisionPlugin extends NativeMixedPrecisionPlugin {
  private final LowPrecisionNetwork network;

  /** As {@link NativeMixedPrecisionPlugin#NativeMixedPrecisionPlugin(String, ScalerOptions)}. */
  public FullyShardedNativeMixedPrecisionPlugin(String precision, ScalerOptions options) {
    super(precision, options);
    network = new LowPrecisionNetwork(precision.equals("16") ? Autocast.To.FP16 : Autocast.To.BF16);
  }

  @Override
  public ParameterStore parameterStore(Block block, NDManager manager) {
    return network.store(block, manager);
  }

  @Override
  public NDList convertNetworkInput(NDList inputs) {
    return network.input(inputs);
  }

  @Override
  public Scope forwardContext() {
    return network.open()::close;
  }
}
