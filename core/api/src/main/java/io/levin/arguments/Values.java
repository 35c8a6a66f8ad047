package io.levin.arguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Readers of argument values: strict, and clear about what they expected. */
final class Values {
  private Values() {}

  static String text(Object raw) {
    if (raw instanceof String || raw instanceof Number || raw instanceof Boolean) {
      return raw.toString();
    }
    throw new IllegalArgumentException("expected a text");
  }

  /** {@code a=b,c=} or a map; a value may be empty, a key may not, nor stand twice. */
  static Map<String, String> pairs(Object raw) {
    Map<String, String> pairs = new LinkedHashMap<>();
    if (raw instanceof Map<?, ?> map) {
      map.forEach((key, value) -> pairs.put(text(key), value == null ? "" : text(value)));
      return pairs;
    }
    for (String pair : text(raw).split(",")) {
      int equals = pair.indexOf('=');
      if (equals < 1 || pair.substring(0, equals).isBlank()) {
        throw new IllegalArgumentException("expected THERE=HERE, not '%s'".formatted(pair));
      }
      String key = pair.substring(0, equals).strip();
      if (pairs.put(key, pair.substring(equals + 1).strip()) != null) {
        throw new IllegalArgumentException("'%s' stands there twice".formatted(key));
      }
    }
    return pairs;
  }

  static Integer integer(Object raw, int least) {
    long value;
    if (raw instanceof Integer || raw instanceof Long || raw instanceof Short) {
      value = ((Number) raw).longValue();
    } else if (raw instanceof String text && text.matches("-?[0-9]{1,10}")) {
      value = Long.parseLong(text);
    } else {
      throw new IllegalArgumentException("expected a whole number");
    }
    if (value < least || value > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("expected a whole number of at least " + least);
    }
    return (int) value;
  }

  static Double decimal(Object raw) {
    double value;
    if (raw instanceof Number number) {
      value = number.doubleValue();
    } else {
      try {
        value = Double.parseDouble(text(raw).strip());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("expected a number", e);
      }
    }
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("expected a finite number");
    }
    return value;
  }

  static Boolean bool(Object raw) {
    if (raw instanceof Boolean value) {
      return value;
    }
    return switch (text(raw).toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  static String oneOf(Object raw, String... allowed) {
    String value = text(raw).toLowerCase(Locale.ROOT);
    if (!Arrays.asList(allowed).contains(value)) {
      throw new IllegalArgumentException("expected one of " + String.join(", ", allowed));
    }
    return value;
  }

  static List<String> list(Object raw) {
    List<String> result = new ArrayList<>();
    if (raw instanceof List<?> items) {
      items.forEach(item -> result.add(text(item)));
    } else {
      for (String item : text(raw).split(",")) {
        if (!item.isBlank()) {
          result.add(item.strip());
        }
      }
    }
    return List.copyOf(result);
  }
}
