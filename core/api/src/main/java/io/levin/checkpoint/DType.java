package io.levin.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/** The type of a tensor's elements, by PyTorch's names. */
public enum DType {
  FLOAT32("float32", 4),
  FLOAT64("float64", 8),
  FLOAT16("float16", 2),
  BFLOAT16("bfloat16", 2),
  INT64("int64", 8),
  INT32("int32", 4),
  INT16("int16", 2),
  INT8("int8", 1),
  UINT8("uint8", 1),
  BOOL("bool", 1),
  COMPLEX64("complex64", 8),
  COMPLEX128("complex128", 16);

  private final String label;
  private final int bytes;

  DType(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /** PyTorch's name, for example {@code bfloat16}. */
  public String label() {
    return label;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  public static Optional<DType> of(String label) {
    return Arrays.stream(values()).filter(type -> type.label.equals(label)).findFirst();
  }
}
