package io.levin.torch;

import ai.djl.pytorch.jni.IValue;

/**
 * libtorch's fused optimizer steps over lists of tensors, in place. Parameters and gradients of 16
 * bits are widened for the step, which their state of 32 bits takes part in, and rounded after it.
 * Lazy devices have no fused steps: the same is done there one operation after the other, and
 * Adam's counts of steps are arrays of the CPU.
 */
public final class Fused {
  private Fused() {}

  /** Numbers of an SGD step. */
  public record SgdOptions(
      double lr,
      double weightDecay,
      double momentum,
      double dampening,
      boolean nesterov,
      boolean maximize) {}

  /** Numbers of an Adam or AdamW step. */
  public record AdamOptions(
      double lr,
      double beta1,
      double beta2,
      double weightDecay,
      double eps,
      boolean amsgrad,
      boolean maximize) {}

  /**
   * One SGD step.
   *
   * @param momentumBuffers empty without momentum
   * @param isFirstStep whether the buffers hold nothing yet
   */
  public static void sgd(
      TensorList parameters,
      TensorList gradients,
      TensorList momentumBuffers,
      SgdOptions options,
      boolean isFirstStep) {
    run(
        operation("sgd", parameters),
        new IValue[] {parameters.value(), gradients.value(), momentumBuffers.value()},
        IValue.from(options.lr()),
        IValue.from(options.weightDecay()),
        IValue.from(options.momentum()),
        IValue.from(options.dampening()),
        IValue.from(options.nesterov()),
        IValue.from(options.maximize()),
        IValue.from(isFirstStep));
  }

  /**
   * One Adam step, with weight decay in the gradient.
   *
   * @param maxima of the second moments; empty without amsgrad
   * @param steps float32 scalars, counted up by this call
   */
  public static void adam(
      TensorList parameters,
      TensorList gradients,
      TensorList firstMoments,
      TensorList secondMoments,
      TensorList maxima,
      TensorList steps,
      AdamOptions options) {
    adam("adam", parameters, gradients, firstMoments, secondMoments, maxima, steps, options);
  }

  /** One AdamW step: weight decay apart from the gradient. Arguments as for {@link #adam}. */
  public static void adamW(
      TensorList parameters,
      TensorList gradients,
      TensorList firstMoments,
      TensorList secondMoments,
      TensorList maxima,
      TensorList steps,
      AdamOptions options) {
    adam("adamw", parameters, gradients, firstMoments, secondMoments, maxima, steps, options);
  }

  private static void adam(
      String operation,
      TensorList parameters,
      TensorList gradients,
      TensorList firstMoments,
      TensorList secondMoments,
      TensorList maxima,
      TensorList steps,
      AdamOptions options) {
    run(
        operation(operation, parameters),
        new IValue[] {
          parameters.value(),
          gradients.value(),
          firstMoments.value(),
          secondMoments.value(),
          maxima.value(),
          steps.value()
        },
        IValue.from(options.lr()),
        IValue.from(options.beta1()),
        IValue.from(options.beta2()),
        IValue.from(options.weightDecay()),
        IValue.from(options.eps()),
        IValue.from(options.amsgrad()),
        IValue.from(options.maximize()));
  }

  private static String operation(String name, TensorList parameters) {
    return name + (parameters.hasNarrow() ? "_narrow" : "") + (parameters.isLazy() ? "_each" : "");
  }

  private static void run(String operation, IValue[] lists, IValue... numbers) {
    IValue[] all = new IValue[lists.length + numbers.length];
    System.arraycopy(lists, 0, all, 0, lists.length);
    System.arraycopy(numbers, 0, all, lists.length, numbers.length);
    try {
      Script.run(operation, all).close();
    } finally {
      for (IValue number : numbers) {
        number.close();
      }
    }
  }
}
