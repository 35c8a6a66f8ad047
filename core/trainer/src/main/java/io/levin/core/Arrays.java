package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Copies values between arrays in place: DJL's own ways replace the storage under an optimizer. */
final class Arrays {
  private Arrays() {}

  /** Copies all elements; types may differ, shapes may not. */
  static void copyInto(NDArray source, NDArray target) {
    DataType type = target.getDataType();
    if (source.getDataType() != type) {
      try (NDArray converted = source.toType(type, true)) {
        copyInto(converted, target);
      }
      return;
    }
    ByteBuffer from = source.toByteBuffer(true).order(ByteOrder.nativeOrder());
    ByteBuffer to = target.toByteBuffer(true).order(ByteOrder.nativeOrder());
    to.put(from.duplicate());
  }
}
