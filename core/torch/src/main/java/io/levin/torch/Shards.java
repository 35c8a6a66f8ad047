package io.levin.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;

/**
 * Moves arrays in and out of the flat messages by which ranks share them. An array is cut by whole
 * rows of its first axis: rank {@code r} of {@code n} has rows {@code r*c} to {@code (r+1)*c},
 * where {@code c} is the number of rows divided by {@code n}, rounded up; the last ranks may have
 * fewer or none. A message of all parts is of shape (n, length): row {@code r} is what rank {@code
 * r} has of each array, one after the other, each with room for {@code c} rows.
 */
public final class Shards {
  private static final class Holder {
    private static final PtSymbolBlock OPS = Script.load("shards.py");
  }

  private Shards() {}

  /** Fills a message, of shape (ranks, length), from whole arrays; casts where dtypes differ. */
  public static void pack(NDArray message, TensorList wholes, int ranks) {
    messaged("pack", message, wholes, ranks);
  }

  /**
   * Fills whole arrays from a message. Autograd does not take it for a change, as it would of an
   * array that a backward pass still needs.
   */
  public static void unpack(NDArray message, TensorList wholes, int ranks) {
    messaged("unpack", message, wholes, ranks);
  }

  private static void messaged(String operation, NDArray message, TensorList list, int ranks) {
    try (IValue flat = IValue.from((PtNDArray) message);
        IValue size = IValue.from((long) ranks)) {
      IValueUtils.runMethod(Holder.OPS, operation, flat, list.value(), size).close();
    }
  }

  /**
   * Fills one rank's row of a message.
   *
   * @param offsets where in the row each part begins
   */
  public static void packParts(NDArray row, TensorList parts, long[] offsets) {
    placed("pack_parts", row, parts, offsets);
  }

  /** Adds what a row holds for each part to that part. */
  public static void addParts(NDArray row, TensorList parts, long[] offsets) {
    placed("add_parts", row, parts, offsets);
  }

  private static void placed(String operation, NDArray row, TensorList parts, long[] offsets) {
    try (IValue flat = IValue.from((PtNDArray) row);
        IValue places = IValue.listFrom(offsets)) {
      IValueUtils.runMethod(Holder.OPS, operation, flat, parts.value(), places).close();
    }
  }

  static void run(String operation, NDArray array) {
    try (IValue value = IValue.from((PtNDArray) array)) {
      IValueUtils.runMethod(Holder.OPS, operation, value).close();
    }
  }
}
