package io.levin.checkpoint.torch;

import io.levin.checkpoint.DType;
import java.util.Map;

/** PyTorch's storage classes, each of which stands for a type of elements. */
final class StorageTypes {
  private static final Map<String, DType> TYPES =
      Map.ofEntries(
          Map.entry("FloatStorage", DType.FLOAT32),
          Map.entry("DoubleStorage", DType.FLOAT64),
          Map.entry("HalfStorage", DType.FLOAT16),
          Map.entry("BFloat16Storage", DType.BFLOAT16),
          Map.entry("LongStorage", DType.INT64),
          Map.entry("IntStorage", DType.INT32),
          Map.entry("ShortStorage", DType.INT16),
          Map.entry("CharStorage", DType.INT8),
          Map.entry("ByteStorage", DType.UINT8),
          Map.entry("BoolStorage", DType.BOOL),
          Map.entry("ComplexFloatStorage", DType.COMPLEX64),
          Map.entry("ComplexDoubleStorage", DType.COMPLEX128));

  private StorageTypes() {}

  /** Whether the class is a storage without a type, measured in bytes. */
  static boolean untyped(String name) {
    return name.equals("UntypedStorage") || name.equals("_UntypedStorage");
  }

  /** The type of a class's elements; null when there is no such class. */
  static DType dtype(String name) {
    return TYPES.get(name);
  }

  static String name(DType dtype) {
    return TYPES.entrySet().stream()
        .filter(entry -> entry.getValue() == dtype)
        .findFirst()
        .orElseThrow()
        .getKey();
  }
}
