package io.levin.testkit.checkpoint;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Tensors to keep: every bit of them is set by their type and shape, and no two are alike. */
final class Samples {
  private Samples() {}

  static Tensor tensor(DType dtype, long... shape) {
    int elements = 1;
    for (long size : shape) {
      elements = Math.multiplyExact(elements, Math.toIntExact(size));
    }
    byte[] bytes = new byte[elements * dtype.bytes()];
    new Random(31L * elements + dtype.ordinal()).nextBytes(bytes);
    if (dtype == DType.BOOL) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] &= 1;
      }
    }
    return Tensor.of(dtype, shape, Bytes.of(bytes));
  }

  static Tensor vector(int elements) {
    return tensor(DType.FLOAT32, elements);
  }

  /** A map of names to tensors, which every format can keep. */
  static Map<Object, Object> tensors() {
    Map<Object, Object> tensors = new LinkedHashMap<>();
    tensors.put("net.0.weight", tensor(DType.FLOAT32, 16, 8));
    tensors.put("net.0.bias", tensor(DType.FLOAT32, 16));
    tensors.put("net.1.weight", tensor(DType.BFLOAT16, 3, 5, 7));
    tensors.put("steps", tensor(DType.INT64));
    tensors.put("nothing", tensor(DType.FLOAT16, 0, 4));
    return tensors;
  }
}
