package io.levin.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Shows a network its float32 parameters in 16 bits, so that it is a 16-bit network whose masters,
 * gradients and optimizers have 32. A cast is made once per forward pass, recorded: gradients come
 * through it in 32 bits, rounded as those of a 16-bit parameter.
 */
public final class CastParameters extends ParameterStore {
  private final Autocast.To type;
  private final Set<Parameter> kept = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Parameter, NDArray> casts = new IdentityHashMap<>();

  /**
   * A store for one block. Normalization keeps its parameters in 32 bits: libtorch takes a batch of
   * either type with those, and wants parameters and running statistics to be of one type.
   */
  public CastParameters(Block block, NDManager manager, Autocast.To type) {
    super(manager, false);
    this.type = type;
    keep(block);
  }

  private void keep(Block block) {
    if (block instanceof BatchNorm || block instanceof LayerNorm) {
      block.getDirectParameters().forEach(pair -> kept.add(pair.getValue()));
    }
    block.getChildren().forEach(pair -> keep(pair.getValue()));
  }

  @Override
  public NDArray getValue(Parameter parameter, Device device, boolean training) {
    NDArray master = parameter.getArray();
    return isCast(parameter) ? casts.computeIfAbsent(parameter, key -> type.cast(master)) : master;
  }

  private boolean isCast(Parameter parameter) {
    // What has no gradient is state, such as running statistics, and is written in place.
    return parameter.requiresGradient()
        && !kept.contains(parameter)
        && parameter.getArray().getDataType() == DataType.FLOAT32;
  }

  /** The type in which the network sees a parameter; UNKNOWN is bfloat16, as for arrays. */
  public DataType type(Parameter parameter) {
    return isCast(parameter)
        ? type == Autocast.To.FP16 ? DataType.FLOAT16 : DataType.UNKNOWN
        : parameter.getArray().getDataType();
  }

  /** Frees the casts of a pass; autograd keeps what it needs by itself. */
  public void release() {
    casts.values().forEach(NDArray::close);
    casts.clear();
  }
}
