package io.levin.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What was asked of {@code devices}: a count, a list of indices, a text such as {@code "auto"},
 * {@code "2"}, {@code "-1"} or {@code "0,2"}. What it means is for the accelerator to say: to a
 * TPU, the text {@code "2"} is not the number 2.
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
      return new Devices(text.strip());
    }
    throw new IllegalArgumentException("expected a count, a list of indices or auto");
  }

  public boolean isAuto() {
    return "auto".equals(raw);
  }

  /** Whether it leaves no device at all: 0, an empty list or an empty text. */
  public boolean isNone() {
    return "".equals(raw) || count().orElse(1) == 0 || indices().map(List::isEmpty).orElse(false);
  }

  /** The number, also of a text that is one such as {@code "-1"}; empty for anything else. */
  public OptionalInt count() {
    if (raw instanceof Integer number) {
      return OptionalInt.of(number);
    }
    return raw instanceof String text && text.matches("-?[0-9]{1,9}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  /** The indices of a list, or of a text with commas such as {@code "0,2"} or {@code "2,"}. */
  public Optional<List<Integer>> indices() {
    if (raw instanceof List<?> items) {
      return Optional.of(items.stream().map(Integer.class::cast).toList());
    }
    if (raw instanceof String text
        && text.matches("\\s*[0-9]{1,9}\\s*(,\\s*[0-9]{1,9}\\s*)*,?\\s*")
        && text.contains(",")) {
      return Optional.of(
          Arrays.stream(text.split(","))
              .map(String::strip)
              .filter(item -> !item.isEmpty())
              .map(Integer::valueOf)
              .toList());
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return raw instanceof List<?> items
        ? items.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"))
        : raw.toString();
  }
}
