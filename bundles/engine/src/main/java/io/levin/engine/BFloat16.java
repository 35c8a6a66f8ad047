package io.levin.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** Reads the numbers of bfloat16 arrays, for which DJL has no name; the mended classes call it. */
public final class BFloat16 {
  private static final int BYTES = 2;

  private BFloat16() {}

  /**
   * Whether an array is one: of a type that DJL cannot name, two bytes for an element. Whole
   * numbers of 16 bits pass too, and are read as exactly.
   */
  public static boolean is(NDArray array) {
    return array.getDataType() == DataType.UNKNOWN
        && array.toByteBuffer(true).remaining() == BYTES * array.size();
  }

  public static float[] toFloatArray(NDArray array) {
    try (NDArray wide = array.toType(DataType.FLOAT32, true)) {
      return wide.toFloatArray();
    }
  }

  public static Number[] toArray(NDArray array) {
    try (NDArray wide = array.toType(DataType.FLOAT32, true)) {
      return wide.toArray();
    }
  }
}
