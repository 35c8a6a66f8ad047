package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.levin.torch.Casts;
import io.levin.torch.Transfer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Copies values between arrays in place: DJL's own ways replace the storage under an optimizer. */
final class Arrays {
  private Arrays() {}

  /** Copies all elements; types may differ, shapes may not. */
  static void copyInto(NDArray source, NDArray target) {
    if (!Transfer.isDirect(source.getDevice()) || !Transfer.isDirect(target.getDevice())) {
      Transfer.copy(source, target);
      return;
    }
    DataType type = target.getDataType();
    if (source.getDataType() != type) {
      try (NDArray converted = converted(source, type)) {
        copyInto(converted, target);
      }
      return;
    }
    ByteBuffer from = source.toByteBuffer(true).order(ByteOrder.nativeOrder());
    ByteBuffer to = target.toByteBuffer(true).order(ByteOrder.nativeOrder());
    to.put(from.duplicate());
  }

  /** Whether an array is of a type; the engine calls bfloat16 UNKNOWN. */
  static boolean is(NDArray array, DataType type) {
    return array.getDataType() == (type == DataType.BFLOAT16 ? DataType.UNKNOWN : type);
  }

  /** A new array of another type, which may be bfloat16; not recorded. */
  static NDArray converted(NDArray array, DataType type) {
    if (type != DataType.BFLOAT16 && type != DataType.UNKNOWN) {
      return array.toType(type, true);
    }
    // The cast of an array that requires gradients is no leaf, and would never get one.
    try (NDArray cast = Casts.toBf16(array)) {
      return cast.stopGradient();
    }
  }
}
