package io.levin.checkpoint.torch;

import io.levin.checkpoint.Opaque;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** numpy's single numbers, which become numbers; its arrays stay opaque. */
final class Numpy {
  private Numpy() {}

  static Object scalar(String name, List<Object> given) {
    if (!name.equals("scalar")
        || given.size() != 2
        || !(given.get(0) instanceof Opaque dtype)
        || !(given.get(1) instanceof byte[] bytes)
        || dtype.arguments().isEmpty()) {
      return null;
    }
    ByteBuffer value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    String code = String.valueOf(dtype.arguments().get(0));
    if (bytes.length != width(code)) {
      return null;
    }
    return switch (code) {
      case "f8" -> value.getDouble();
      case "f4" -> (double) value.getFloat();
      case "i8" -> value.getLong();
      case "i4" -> (long) value.getInt();
      case "i2" -> (long) value.getShort();
      case "i1" -> (long) value.get();
      case "u4" -> Integer.toUnsignedLong(value.getInt());
      case "u2" -> (long) Short.toUnsignedInt(value.getShort());
      case "u1" -> (long) Byte.toUnsignedInt(value.get());
      case "b1" -> value.get() != 0;
      default -> null;
    };
  }

  private static int width(String code) {
    char last = code.isEmpty() ? '0' : code.charAt(code.length() - 1);
    return Character.digit(last, 10);
  }
}
