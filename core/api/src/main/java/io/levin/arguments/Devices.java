package io.levin.arguments;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What was asked of {@code devices}: a count, a list of indices, a text such as {@code "auto"},
 * {@code "-1"} or {@code "0,2"}. What it means is for the accelerator to say.
 *
 * @param raw an Integer, a List of Integer, or a String
 */
public record Devices(Object raw) {
  public static Devices read(Object raw) {
    if (raw instanceof List<?> items) {
      return new Devices(items.stream().map(i -> Values.integer(i, 0)).toList());
    }
    if (raw instanceof Integer || raw instanceof Long) {
      return new Devices(Values.integer(raw, Integer.MIN_VALUE));
    }
    if (raw instanceof String text) {
      String value = text.strip();
      return new Devices(
          value.matches("-?[0-9]{1,9}") ? (Object) Integer.valueOf(value) : (Object) value);
    }
    throw new IllegalArgumentException("expected a count, a list of indices or auto");
  }

  public boolean isAuto() {
    return "auto".equals(raw);
  }

  @Override
  public String toString() {
    return raw instanceof List<?> items
        ? items.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"))
        : raw.toString();
  }
}
