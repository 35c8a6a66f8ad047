package io.levin.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Casts that carry gradients: DJL's {@code toType} does not. Results go with the argument's
 * manager.
 */
public final class Casts {
  private Casts() {}

  public static NDArray toBf16(NDArray array) {
    return Script.recorded("bf16", array);
  }

  public static NDArray toFp16(NDArray array) {
    return Script.recorded("fp16", array);
  }

  public static NDArray toFp32(NDArray array) {
    return Script.recorded("fp32", array);
  }

  public static NDArray toFp64(NDArray array) {
    return Script.recorded("fp64", array);
  }

  /** Zeros of any type, with UNKNOWN for bfloat16, of which DJL itself makes none. */
  public static NDArray zeros(NDManager manager, Shape shape, DataType type) {
    if (type != DataType.UNKNOWN && type != DataType.BFLOAT16) {
      return manager.zeros(shape, type);
    }
    try (NDArray wide = manager.zeros(shape, DataType.FLOAT32)) {
      return toBf16(wide);
    }
  }

  /** Whether an array is float16 or bfloat16, for which DJL has no name. */
  public static boolean isNarrow(NDArray array) {
    DataType type = array.getDataType();
    return type == DataType.FLOAT16 || type == DataType.UNKNOWN || type == DataType.BFLOAT16;
  }

  /** The list with its float32 arrays in 16 bits; other arrays are the same. */
  public static NDList narrowed(NDList arrays, Autocast.To type) {
    NDList narrowed = new NDList(arrays.size());
    for (NDArray array : arrays) {
      narrowed.add(array.getDataType() == DataType.FLOAT32 ? type.cast(array) : array);
    }
    return narrowed;
  }

  /** The list with its 16-bit arrays in 32 bits; other arrays are the same. */
  public static NDList widened(NDList arrays) {
    NDList widened = new NDList(arrays.size());
    for (NDArray array : arrays) {
      widened.add(isNarrow(array) ? toFp32(array) : array);
    }
    return widened;
  }
}
