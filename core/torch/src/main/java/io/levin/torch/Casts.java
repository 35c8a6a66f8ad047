package io.levin.torch;

import ai.djl.ndarray.NDArray;

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
}
