package io.levin.precision.tpu;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.levin.accelerator.Accelerator;
import io.levin.precision.Scope;
import io.levin.torch.Autocast;
import io.levin.torch.Casts;
import io.levin.torch.LowPrecisionNetwork;
import io.levin.torch.Lowering;

/** bf16 on TPUs: what is 32 bits elsewhere is bfloat16 in the network. */
public final class TPUBf16PrecisionPlugin extends TPUPrecisionPlugin {
  private final LowPrecisionNetwork network;

  public TPUBf16PrecisionPlugin(Accelerator device) {
    super(device);
    network = new LowPrecisionNetwork(Autocast.To.BF16, Lowering.on(device.device(0)));
  }

  @Override
  public String precision() {
    return "bf16";
  }

  @Override
  public ParameterStore parameterStore(Block block, NDManager manager) {
    return network.store(block, manager);
  }

  @Override
  public Scope forwardContext() {
    return network.open()::close;
  }

  @Override
  public NDList convertNetworkInput(NDList inputs) {
    return network.input(inputs);
  }

  @Override
  public NDList convertOutput(NDList outputs) {
    return Casts.widened(outputs);
  }
}
