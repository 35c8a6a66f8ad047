package io.levin.precision.full;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.levin.MisconfigurationException;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.Scope;
import io.levin.torch.Autocast;
import io.levin.torch.Casts;
import io.levin.torch.LowPrecisionNetwork;

/**
 * 16-bit numbers throughout: parameters, running statistics and gradients are float16 or bfloat16
 * and have no 32-bit masters. Optimizers keep their state in 32 bits, and losses are computed in
 * 32. Half the memory of full precision; updates below a parameter's last bit are lost.
 */
public final class HalfPrecisionPlugin extends PrecisionPlugin {
  private final String precision;
  private final LowPrecisionNetwork network;

  /**
   * @param precision {@code 16-true} or {@code bf16-true}
   */
  public HalfPrecisionPlugin(String precision) {
    this.precision = precision;
    network =
        switch (precision) {
          case "16-true" -> new LowPrecisionNetwork(Autocast.To.FP16);
          case "bf16-true" -> new LowPrecisionNetwork(Autocast.To.BF16);
          default ->
              throw new MisconfigurationException(
                  "HalfPrecisionPlugin does not do precision %s.".formatted(precision),
                  "Give 16-true or bf16-true.");
        };
  }

  @Override
  public String precision() {
    return precision;
  }

  @Override
  public DataType parameterType() {
    return precision.equals("16-true") ? DataType.FLOAT16 : DataType.BFLOAT16;
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
