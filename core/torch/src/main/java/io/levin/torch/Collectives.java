package io.levin.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;

/**
 * libtorch's collective operations on a process group that is registered in this process under a
 * name. They check nothing: arrays must be dense, on the CPU, and alike on all ranks. What goes
 * wrong is an exception of the engine with libtorch's own text.
 */
public final class Collectives {
  /** Not with the other operations: a libtorch without processes must load those all the same. */
  private static final class Holder {
    private static final PtSymbolBlock OPS = Script.load("collectives.py");
  }

  private Collectives() {}

  /**
   * Starts to reduce arrays of one dtype, in place.
   *
   * @param reduction {@code sum} or {@code max}
   */
  public static void startAllReduce(TensorList arrays, String reduction, String group) {
    try (IValue op = IValue.from(reduction);
        IValue name = IValue.from(group)) {
      run("all_reduce", arrays.value(), op, name);
    }
  }

  /** Starts to overwrite an array with that of the source rank. */
  public static void startBroadcast(NDArray array, int source, String group) {
    try (IValue value = value(array);
        IValue from = IValue.from((long) source);
        IValue name = IValue.from(group)) {
      run("broadcast", value, from, name);
    }
  }

  /** Starts to fill {@code out}, of a first axis {@code size} times as long. */
  public static void startAllGather(NDArray array, NDArray out, int size, String group) {
    try (IValue value = value(array);
        IValue result = value(out);
        IValue count = IValue.from((long) size);
        IValue name = IValue.from(group)) {
      run("all_gather", value, result, count, name);
    }
  }

  /**
   * Waits for what was started on these arrays. Its text uses what it waits for: libtorch leaves
   * out an operation whose result nobody reads.
   */
  public static void await(TensorList arrays) {
    run("wait", arrays.value());
  }

  /** Divides floating-point arrays, in place. */
  public static void divide(TensorList arrays, double divisor) {
    try (IValue by = IValue.from(divisor)) {
      run("divide", arrays.value(), by);
    }
  }

  /** libtorch's number of the array's dtype: 5 is float16, 15 is bfloat16. */
  public static int dtype(NDArray array) {
    try (IValue value = value(array);
        IValue code = IValueUtils.runMethod(Holder.OPS, "dtype", value)) {
      return (int) code.toLong();
    }
  }

  /** A contiguous copy in 32 bits, outside autograd; belongs to the array's manager. */
  public static NDArray wide(NDArray array) {
    try (IValue value = value(array);
        IValue result = IValueUtils.runMethod(Holder.OPS, "wide", value)) {
      return result.toTensor((PtNDManager) array.getManager());
    }
  }

  /** Copies, with a cast where the dtypes differ. */
  public static void copy(NDArray from, NDArray to) {
    try (IValue target = value(to);
        IValue source = value(from)) {
      run("copy", target, source);
    }
  }

  private static IValue value(NDArray array) {
    return IValue.from((PtNDArray) array);
  }

  private static void run(String operation, IValue... inputs) {
    IValueUtils.runMethod(Holder.OPS, operation, inputs).close();
  }
}
