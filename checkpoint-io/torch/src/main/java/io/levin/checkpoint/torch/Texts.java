package io.levin.checkpoint.torch;

import java.nio.charset.StandardCharsets;

/** Texts of the oldest protocols, as Python writes their literals. */
final class Texts {
  private Texts() {}

  static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** A quoted literal of Python 2. */
  static String quoted(Input input) {
    String line = input.line();
    int last = line.length() - 1;
    if (last < 1 || line.charAt(0) != line.charAt(last) || "'\"".indexOf(line.charAt(0)) < 0) {
      throw input.bad("a text without its quotes");
    }
    return unescape(input, line.substring(1, last), true);
  }

  /** Raw unicode escapes. */
  static String escaped(Input input) {
    return unescape(input, input.line(), false);
  }

  private static String unescape(Input input, String text, boolean all) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        plain.append(c);
        continue;
      }
      char kind = text.charAt(++i);
      int digits = kind == 'u' ? 4 : kind == 'U' ? 8 : kind == 'x' && all ? 2 : 0;
      if (digits > 0) {
        plain.appendCodePoint(hex(input, text, i + 1, digits));
        i += digits;
      } else if (all) {
        plain.append(letter(kind));
      } else {
        plain.append(c).append(kind);
      }
    }
    return plain.toString();
  }

  private static char letter(char kind) {
    return switch (kind) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      default -> kind;
    };
  }

  private static int hex(Input input, String text, int from, int digits) {
    try {
      int value = Integer.parseUnsignedInt(text.substring(from, from + digits), 16);
      if (Character.isValidCodePoint(value)) {
        return value;
      }
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw input.bad("an escape of a text is broken");
    }
    throw input.bad("an escape of a text is beyond Unicode");
  }
}
