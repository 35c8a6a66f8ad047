package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.levin.LevinException;
import io.levin.strategy.Strategy;

/** Recording and backward passes, straight on the engine: DJL's collector is one per process. */
final class Autograd {
  private final NDManager manager;
  private final PtNDArray one;
  private final PtNDArray oneWide;

  Autograd(NDManager manager) {
    this.manager = manager;
    one = (PtNDArray) manager.ones(new Shape(), DataType.FLOAT32);
    oneWide = (PtNDArray) manager.ones(new Shape(), DataType.FLOAT64);
  }

  /** Switches recording for this thread. */
  static void recording(boolean on) {
    JniUtils.setGradMode(on);
  }

  /** Adds the gradients of a scalar loss to those of its parameters. */
  void backward(NDArray loss) {
    PtNDArray seed = loss.getDataType() == DataType.FLOAT64 ? oneWide : one;
    try {
      JniUtils.backward((PtNDArray) loss, seed, false, false);
    } catch (ai.djl.engine.EngineException e) {
      throw LevinException.user(
          "Backward failed: " + firstLine(e.getMessage()),
          "The loss must be computed from the model's outputs with differentiable operations:"
              + " toType(), duplicate() and toDevice() of DJL are not.");
    }
  }

  /** The same, to parameters that the strategy may keep in parts. */
  void backward(NDArray loss, Strategy strategy) {
    strategy
        .sharding()
        .ifPresentOrElse(sharding -> sharding.backward(loss, this::backward), () -> backward(loss));
  }

  /** A scalar that divides a loss by the batches of a window; null when there is but one. */
  NDArray share(int batches) {
    return batches == 1 ? null : manager.create(1f / batches);
  }

  /** The loss times a factor, recorded whatever the thread's state. */
  NDArray times(NDArray loss, NDArray factor) {
    recording(true);
    try {
      return loss.mul(factor);
    } finally {
      recording(false);
    }
  }

  /** The sum of the products of two arrays, recorded; the first one is a parameter. */
  NDArray dot(NDArray parameter, NDArray other, NDManager owner) {
    recording(true);
    try {
      NDArray product = parameter.mul(other);
      NDArray sum = product.sum();
      product.attach(owner);
      sum.attach(owner);
      return sum;
    } finally {
      recording(false);
    }
  }

  /** The sum of two scalars, recorded. */
  NDArray sum(NDArray first, NDArray second) {
    recording(true);
    try {
      return first.add(second);
    } finally {
      recording(false);
    }
  }

  static String firstLine(String message) {
    return message == null ? "unknown reason" : message.lines().findFirst().orElse("");
  }
}
