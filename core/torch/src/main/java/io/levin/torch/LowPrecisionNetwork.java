package io.levin.torch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.training.ParameterStore;

/**
 * A network that computes in 16 bits. Parameters of 32 bits, but for those of normalization, are
 * shown to it in 16, so that masters, gradients and optimizers have 32; what goes into it and what
 * meets its products has 16 bits too.
 */
public final class LowPrecisionNetwork {
  private final Autocast.To type;
  private final Lowering lowering;
  private CastParameters parameters;
  private boolean takesIndices;

  public LowPrecisionNetwork(Autocast.To type) {
    this(type, Lowering.here());
  }

  /**
   * @param lowering how products come to compute in 16 bits
   */
  public LowPrecisionNetwork(Autocast.To type, Lowering lowering) {
    this.type = type;
    this.lowering = lowering;
  }

  /** The store for the network's blocks. */
  public ParameterStore store(Block network, NDManager manager) {
    parameters = new CastParameters(network, manager, type);
    takesIndices = hasEmbedding(network);
    return parameters;
  }

  private static boolean hasEmbedding(Block block) {
    return block instanceof Embedding
        || block instanceof IdEmbedding
        || block.getChildren().values().stream().anyMatch(LowPrecisionNetwork::hasEmbedding);
  }

  /**
   * What goes into the network, in its numbers. Arrays for a network with embeddings are left as
   * they are: DJL takes indices as floats too, and 16 bits count to 256 only.
   */
  public NDList input(NDList inputs) {
    return takesIndices ? inputs : Casts.narrowed(inputs, type);
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
