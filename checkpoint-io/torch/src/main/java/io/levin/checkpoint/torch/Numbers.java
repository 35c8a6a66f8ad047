package io.levin.checkpoint.torch;

import java.math.BigInteger;

/** Numbers as pickle writes them: whole ones as {@code Long}, beyond it as {@code BigInteger}. */
final class Numbers {
  /** Digits of a whole number; reading decimal digits costs their square. */
  private static final int MOST_DIGITS = 10_000;

  private Numbers() {}

  static Object integer(byte[] littleEndian) {
    if (littleEndian.length == 0) {
      return 0L;
    }
    byte[] bytes = littleEndian.clone();
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte swapped = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swapped;
    }
    return small(new BigInteger(bytes));
  }

  static Object longInteger(Input input) {
    int length = input.length32();
    if (length > MOST_DIGITS) {
      throw input.bad("a whole number of %d bytes".formatted(length));
    }
    return integer(input.raw(length));
  }

  private static Object small(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  static Object intLine(Input input) {
    String line = input.line();
    // Protocol 0 has no opcode for truth values.
    return switch (line) {
      case "00" -> false;
      case "01" -> true;
      default -> decimal(input, line);
    };
  }

  static Object longLine(Input input) {
    String line = input.line();
    return decimal(input, line.endsWith("L") ? line.substring(0, line.length() - 1) : line);
  }

  private static Object decimal(Input input, String digits) {
    if (digits.length() > MOST_DIGITS) {
      throw input.bad("a whole number of %d digits".formatted(digits.length()));
    }
    try {
      return small(new BigInteger(digits.trim()));
    } catch (NumberFormatException e) {
      throw input.bad("'%s' is not a whole number".formatted(digits));
    }
  }

  static Object floatLine(Input input) {
    String line = input.line().trim();
    try {
      return switch (line) {
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case "nan" -> Double.NaN;
        default -> Double.parseDouble(line);
      };
    } catch (NumberFormatException e) {
      throw input.bad("'%s' is not a number".formatted(line));
    }
  }

  static int index(Input input) {
    String line = input.line();
    try {
      return Integer.parseInt(line);
    } catch (NumberFormatException e) {
      throw input.bad("'%s' is not an index of the memo".formatted(line));
    }
  }
}
