package io.levin.checkpoint.safetensors;

import io.levin.checkpoint.DType;
import java.util.Arrays;
import java.util.Optional;

/**
 * The types of safetensors' elements that a checkpoint has too, by their names in headers. Their
 * order is that of the reference implementation, which writes the last of them first so that every
 * tensor is aligned.
 */
enum Element {
  BOOL(DType.BOOL),
  U8(DType.UINT8),
  I8(DType.INT8),
  I16(DType.INT16),
  F16(DType.FLOAT16),
  BF16(DType.BFLOAT16),
  I32(DType.INT32),
  F32(DType.FLOAT32),
  F64(DType.FLOAT64),
  I64(DType.INT64);

  private final DType dtype;

  Element(DType dtype) {
    this.dtype = dtype;
  }

  DType dtype() {
    return dtype;
  }

  static Optional<Element> named(String name) {
    return Arrays.stream(values()).filter(element -> element.name().equals(name)).findFirst();
  }

  /** Empty for complex numbers, which safetensors has not. */
  static Optional<Element> of(DType dtype) {
    return Arrays.stream(values()).filter(element -> element.dtype == dtype).findFirst();
  }
}
