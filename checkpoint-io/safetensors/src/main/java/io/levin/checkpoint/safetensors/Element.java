package io.levin.checkpoint.safetensors;

import io.levin.checkpoint.DType;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  private static final Map<String, Element> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Element::name, Function.identity()));

  private static final Map<DType, Element> BY_DTYPE =
      Arrays.stream(values()).collect(Collectors.toMap(Element::dtype, Function.identity()));

  private final DType dtype;

  Element(DType dtype) {
    this.dtype = dtype;
  }

  DType dtype() {
    return dtype;
  }

  static Optional<Element> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Empty for complex numbers, which safetensors has not. */
  static Optional<Element> of(DType dtype) {
    return Optional.ofNullable(BY_DTYPE.get(dtype));
  }
}
