package io.levin.strategy.builtin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.levin.optim.NamedArray;
import io.levin.strategy.Shard;
import io.levin.torch.Casts;
import io.levin.torch.Gradient;
import io.levin.torch.Shards;
import io.levin.torch.TensorList;
import java.util.List;

/**
 * A parameter of which this rank has a part, that optimizers step. Where parameters are whole on
 * every rank, the part is a window on it; else the part is all there is of it, and takes the
 * parameter's place in its block between two passes.
 */
final class Divided {
  private final String name;
  private final Parameter parameter;
  private final Shard shard;
  private final NDArray whole;
  private final NDArray part;
  private NDArray gradient;

  /**
   * @param array the parameter's, with its values; closed where it is not kept
   */
  Divided(NamedArray array, Parameter parameter, Shard shard, boolean keepsWhole) {
    this.name = array.name();
    this.parameter = parameter;
    this.shard = shard;
    NDArray rows = rows(array.array(), shard);
    if (keepsWhole) {
      whole = array.array();
      whole.setRequiresGradient(false);
      part = rows;
    } else {
      NDManager owner = array.array().getManager();
      part = Casts.zeros(owner, shard.part(), array.array().getDataType());
      try (TensorList one = TensorList.of(List.of(rows))) {
        copy(rows, part);
      }
      rows.close();
      whole = null;
      put(part);
    }
    part.setRequiresGradient(true);
  }

  /** A leaf that shares the array's memory. */
  private static NDArray rows(NDArray whole, Shard shard) {
    try (NDArray plain = whole.stopGradient();
        NDArray listed =
            plain.getShape().dimension() == 0 ? plain.reshape(1) : plain.stopGradient();
        NDArray rows = JniUtils.slice((PtNDArray) listed, 0, shard.first(), shard.end(), 1)) {
      NDArray leaf = rows.stopGradient();
      leaf.attach(whole.getManager());
      return leaf;
    }
  }

  private static void copy(NDArray from, NDArray to) {
    try (TensorList list = TensorList.of(List.of(from));
        NDArray flat = to.reshape(to.size())) {
      Shards.packParts(flat, list, new long[] {0});
    }
  }

  /** Puts an array in the parameter's place, and closes what was there. */
  void put(NDArray array) {
    parameter.close();
    parameter.setShape(null);
    parameter.setArray(array);
  }

  NamedArray named() {
    return new NamedArray(name, part);
  }

  Parameter parameter() {
    return parameter;
  }

  Shard shard() {
    return shard;
  }

  Shape shape() {
    return shard.whole();
  }

  /** Of the part, and of the parameter; UNKNOWN is bfloat16. */
  DataType type() {
    return part.getDataType();
  }

  /** This rank's rows. */
  NDArray part() {
    return part;
  }

  /** The parameter itself; null where it is nowhere whole. */
  NDArray whole() {
    return whole;
  }

  /** Elements that every rank's part has room for in a message. */
  long room(int ranks) {
    long rows = shape().dimension() == 0 ? 1 : shape().get(0);
    return (rows + ranks - 1) / ranks * shard.width();
  }

  /** The gradient of the part, zeros at first; it stays in its place. */
  NDArray gradient() {
    if (gradient == null) {
      gradient = Gradient.of(part);
      if (gradient == null) {
        try (NDArray zeros = Casts.zeros(part.getManager(), part.getShape(), type())) {
          Gradient.add(part, zeros);
        }
        gradient = Gradient.of(part);
      }
      gradient.attach(part.getManager());
    }
    return gradient;
  }
}
