package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads one number out of an array, without a copy where the array is plain. */
final class Scalars {
  private Scalars() {}

  static double read(NDArray array) {
    DataType type = array.getDataType();
    if (type == DataType.FLOAT32 || type == DataType.FLOAT64) {
      ByteBuffer bytes = array.toByteBuffer(true).order(ByteOrder.nativeOrder());
      return type == DataType.FLOAT32 ? bytes.getFloat(0) : bytes.getDouble(0);
    }
    try (NDArray wide = array.toType(DataType.FLOAT64, true)) {
      return wide.toByteBuffer(true).order(ByteOrder.nativeOrder()).getDouble(0);
    }
  }
}
