package io.levin.core;

import io.levin.LevinException;
import java.util.List;
import java.util.Map;

/** Typed reads from trees of plain values, as checkpoints hold them. */
final class Plain {
  private Plain() {}

  @SuppressWarnings("unchecked") // keys of our own trees are texts
  static Map<String, Object> map(Map<String, Object> tree, String key) {
    Object value = tree.get(key);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw wrong(key, "a map", value);
  }

  static List<?> list(Map<String, Object> tree, String key) {
    Object value = tree.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrong(key, "a list", value);
  }

  static long integer(Map<String, Object> tree, String key, long otherwise) {
    Object value = tree.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw wrong(key, "a whole number", value);
  }

  static String text(Map<String, Object> tree, String key) {
    Object value = tree.get(key);
    return value == null ? null : value.toString();
  }

  static LevinException wrong(String key, String expected, Object found) {
    return LevinException.user(
        "The checkpoint's '%s' is %s, but must be %s."
            .formatted(key, found.getClass().getSimpleName(), expected),
        "The file was not written by a Trainer, or is damaged.");
  }
}
