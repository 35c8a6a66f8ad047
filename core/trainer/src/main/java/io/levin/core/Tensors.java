package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.levin.LevinException;
import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Tensor;
import io.levin.torch.Transfer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Between the engine's arrays and the tensors of checkpoints. */
final class Tensors {
  private Tensors() {}

  /** The array's own memory as a tensor; it lives as long as the array. */
  static Tensor of(NDArray array) {
    return Tensor.of(dtype(array), array.getShape().getShape(), Bytes.of(array.toByteBuffer(true)));
  }

  private static DType dtype(NDArray array) {
    return switch (array.getDataType()) {
      case FLOAT32 -> DType.FLOAT32;
      case FLOAT64 -> DType.FLOAT64;
      case FLOAT16 -> DType.FLOAT16;
      case INT64 -> DType.INT64;
      case INT32 -> DType.INT32;
      case INT8 -> DType.INT8;
      case UINT8 -> DType.UINT8;
      case BOOLEAN -> DType.BOOL;
      // The engine has no name for it.
      case UNKNOWN, BFLOAT16 -> DType.BFLOAT16;
      default ->
          throw LevinException.user(
              "An array of type %s cannot be kept.".formatted(array.getDataType()),
              "Convert it to float32 first.");
    };
  }

  /** A new array with a tensor's values; bfloat16 becomes float32, int16 becomes int32. */
  static NDArray array(Tensor tensor, NDManager manager) {
    NDArray array = manager.zeros(new Shape(tensor.shape()), type(tensor));
    fill(array, tensor);
    return array;
  }

  /**
   * Reads a tensor into an array of the same shape, in place, converting between types.
   *
   * @throws LevinException when the shapes differ
   */
  static void readInto(Tensor tensor, NDArray target) {
    if (type(tensor) == target.getDataType() && !widened(tensor.dtype())) {
      fill(target, tensor);
      return;
    }
    try (NDManager manager = NDManager.newBaseManager()) {
      Arrays.copyInto(array(tensor, manager), target);
    }
  }

  private static void fill(NDArray array, Tensor tensor) {
    Transfer.write(
        array,
        into -> {
          if (widened(tensor.dtype())) {
            widen(tensor, into);
          } else {
            tensor.read(0, into);
          }
        });
  }

  private static boolean widened(DType dtype) {
    return dtype == DType.BFLOAT16 || dtype == DType.INT16;
  }

  private static void widen(Tensor tensor, ByteBuffer into) {
    ByteBuffer narrow = ByteBuffer.allocate((int) tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
    tensor.read(0, narrow);
    narrow.flip();
    while (narrow.hasRemaining()) {
      short value = narrow.getShort();
      into.putInt(tensor.dtype() == DType.BFLOAT16 ? value << 16 : value);
    }
  }

  private static DataType type(Tensor tensor) {
    return switch (tensor.dtype()) {
      case FLOAT32, BFLOAT16 -> DataType.FLOAT32;
      case FLOAT64 -> DataType.FLOAT64;
      case FLOAT16 -> DataType.FLOAT16;
      case INT64 -> DataType.INT64;
      case INT32, INT16 -> DataType.INT32;
      case INT8 -> DataType.INT8;
      case UINT8 -> DataType.UINT8;
      case BOOL -> DataType.BOOLEAN;
      case COMPLEX64, COMPLEX128 ->
          throw LevinException.user(
              "A tensor of type %s has no array here.".formatted(tensor.dtype().label()),
              "Leave it out of the checkpoint.");
    };
  }
}
