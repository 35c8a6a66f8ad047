package io.levin.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** Losses and attention that are one operation in libtorch and several, or wrong, in DJL. */
public final class Losses {
  private Losses() {}

  /**
   * Mean cross entropy, computed in 32 bits, or in 64 when the logits are.
   *
   * @param logits shape (N, C)
   * @param labels int64, shape (N)
   */
  public static NDArray crossEntropy(NDArray logits, NDArray labels) {
    boolean wide = logits.getDataType() == DataType.FLOAT64;
    return Script.recorded(wide ? "cross_entropy_wide" : "cross_entropy", logits, labels);
  }

  /** Causal scaled dot-product attention; all arrays (N, heads, length, size). */
  public static NDArray causalAttention(NDArray query, NDArray key, NDArray value) {
    return Script.recorded("attention", query, key, value);
  }
}
