package io.levin.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.Arrays;
import java.util.List;

/**
 * Arrays handed to libtorch as one list, made once and used many times. It does not own the arrays,
 * which must outlive it.
 */
public final class TensorList implements AutoCloseable {
  private final IValue value;
  private final int size;
  private final boolean hasNarrow;
  private final boolean isLazy;

  private TensorList(PtNDArray[] arrays) {
    hasNarrow = Arrays.stream(arrays).anyMatch(Casts::isNarrow);
    isLazy = Arrays.stream(arrays).anyMatch(array -> LazyDevice.is(array.getDevice()));
    value = IValue.listFrom(arrays);
    size = arrays.length;
  }

  public static TensorList of(List<? extends NDArray> arrays) {
    return new TensorList(Script.handles(arrays));
  }

  public int size() {
    return size;
  }

  /** Whether some array has 16 bits. */
  boolean hasNarrow() {
    return hasNarrow;
  }

  /** Whether some array is of a lazy device, which lacks the fused operations. */
  boolean isLazy() {
    return isLazy;
  }

  IValue value() {
    return value;
  }

  @Override
  public void close() {
    value.close();
  }
}
