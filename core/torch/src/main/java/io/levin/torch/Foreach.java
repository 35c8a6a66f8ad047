package io.levin.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;

/** Arithmetic on many tensors in one native call, in place. */
public final class Foreach {
  private Foreach() {}

  public static void zero(TensorList tensors) {
    if (tensors.size() > 0) {
      Script.run("zero", tensors.value()).close();
    }
  }

  /** L2 norm over all elements of all tensors; 0 for no tensors. */
  public static double norm(TensorList tensors, PtNDManager manager) {
    if (tensors.size() == 0) {
      return 0;
    }
    try (IValue result = Script.run(operation("norm", tensors), tensors.value());
        NDArray norm = result.toTensor(manager);
        NDArray wide = norm.toType(ai.djl.ndarray.types.DataType.FLOAT64, true)) {
      return wide.getDouble();
    }
  }

  /** Scales tensors together so that their norm is at most {@code limit}: PyTorch's own formula. */
  public static void clipByNorm(TensorList tensors, double limit) {
    withNumber(operation("clip_norm", tensors), tensors, limit);
  }

  /** Limits every element to [-limit, limit]. */
  public static void clipByValue(TensorList tensors, double limit) {
    withNumber("clip_value", tensors, limit);
  }

  /** Multiplies every element. */
  public static void scale(TensorList tensors, double factor) {
    withNumber("scale", tensors, factor);
  }

  /** Adds each of {@code others}, times a factor, to the tensor of the same index. */
  public static void add(TensorList tensors, TensorList others, double factor) {
    if (tensors.size() > 0) {
      try (IValue value = IValue.from(factor)) {
        Script.run("add", tensors.value(), others.value(), value).close();
      }
    }
  }

  /** Of operations that a lazy device lacks there is one made of those it has. */
  private static String operation(String name, TensorList tensors) {
    return tensors.isLazy() ? name + "_each" : name;
  }

  private static void withNumber(String operation, TensorList tensors, double number) {
    if (tensors.size() > 0) {
      try (IValue value = IValue.from(number)) {
        Script.run(operation, tensors.value(), value).close();
      }
    }
  }

  /**
   * Multiplies by {@code inverseScale}; sets {@code foundInf} to 1 when any element was not finite.
   *
   * @param foundInf float32, shape (1)
   * @param inverseScale float32, shape (1)
   */
  public static void unscale(TensorList tensors, NDArray foundInf, NDArray inverseScale) {
    if (tensors.size() > 0) {
      try (IValue found = IValue.from((PtNDArray) foundInf);
          IValue inverse = IValue.from((PtNDArray) inverseScale)) {
        Script.run(operation("unscale", tensors), tensors.value(), found, inverse).close();
      }
    }
  }
}
