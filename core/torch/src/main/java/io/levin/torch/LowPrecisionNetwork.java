package io.levin.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;

/**
 * A network that computes in 16 bits and whose masters, gradients and optimizers have 32: its
 * parameters, but for those of normalization, are shown in 16 bits, and products take whatever
 * meets them in 16 bits too.
 */
public final class LowPrecisionNetwork {
  private final Autocast.To type;
  private final Lowering lowering = Lowering.here();
  private CastParameters parameters;

  public LowPrecisionNetwork(Autocast.To type) {
    this.type = type;
  }

  /** The store for the network's blocks. */
  public ParameterStore store(Block network, NDManager manager) {
    parameters = new CastParameters(network, manager, type);
    return parameters;
  }

  /** To be open around every forward pass. */
  public Region open() {
    Region products = lowering.open(type);
    return () -> {
      products.close();
      if (parameters != null) {
        parameters.release();
      }
    };
  }
}
