package io.levin.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;

/** The gradients that backward leaves at parameters. */
public final class Gradient {
  private Gradient() {}

  /**
   * The gradient of a parameter, or null while it has none. Its storage stays the same over all
   * steps; the handle belongs to the caller.
   */
  public static NDArray of(NDArray parameter) {
    return JniUtils.getGradient((PtNDArray) parameter);
  }

  /** Adds to the gradient of a parameter, which has one from then on. */
  public static void add(NDArray parameter, NDArray gradient) {
    // The backward pass of a leaf is nothing but this
    JniUtils.backward((PtNDArray) parameter, (PtNDArray) gradient, false, false);
  }

  /**
   * Whether a backward pass would come to an array: a leaf that requires gradients, or what was
   * computed from one. DJL itself does not say so of what was computed.
   */
  public static boolean reaches(NDArray array) {
    try (IValue value = IValue.from((PtNDArray) array);
        IValue answer = Script.run("recorded", value)) {
      return answer.toBoolean();
    }
  }
}
