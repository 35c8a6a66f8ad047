package io.levin.checkpoint.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what a header says of one tensor. */
final class HeaderEntry {
  private static final int MOST_AXES = 64;

  private HeaderEntry() {}

  /**
   * @param json at the value
   * @throws IllegalArgumentException saying what is wrong with which tensor
   */
  static Header.Entry read(String name, JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.START_OBJECT, name, "no object");
    Element element = null;
    long[] shape = null;
    long[] offsets = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "dtype" -> element = element(name, json);
        case "shape" -> shape = numbers(name, field, MOST_AXES, json);
        case "data_offsets" -> offsets = numbers(name, field, 2, json);
        default -> json.skipChildren(); // the reference implementation passes over them too
      }
    }
    require(element != null, name, "no dtype");
    require(shape != null, name, "no shape");
    require(offsets != null && offsets.length == 2, name, "no two data_offsets");
    require(offsets[0] <= offsets[1], name, "its end before its beginning");
    long bytes = bytes(name, element, shape);
    require(
        offsets[1] - offsets[0] == bytes,
        name,
        "%d bytes, but its shape needs %d",
        offsets[1] - offsets[0],
        bytes);
    return new Header.Entry(element, shape, offsets[0], offsets[1]);
  }

  private static Element element(String name, JsonParser json) throws IOException {
    require(json.currentToken() == JsonToken.VALUE_STRING, name, "a dtype that is no text");
    String dtype = json.getText();
    return Element.named(dtype)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "tensor '%s' has dtype '%s'; there are: %s"
                        .formatted(name, dtype, List.of(Element.values()))));
  }

  private static long[] numbers(String name, String field, int most, JsonParser json)
      throws IOException {
    require(json.currentToken() == JsonToken.START_ARRAY, name, "%s of no array", field);
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(
          json.currentToken() == JsonToken.VALUE_NUMBER_INT
              && !json.getText().startsWith("-")
              && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER,
          name,
          "%s of '%s'",
          field,
          json.getText());
      numbers.add(json.getLongValue());
      require(numbers.size() <= most, name, "more than %d numbers as %s", most, field);
    }
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private static long bytes(String name, Element element, long[] shape) {
    try {
      long elements = 1;
      for (long size : shape) {
        elements = Math.multiplyExact(elements, size);
      }
      return Math.multiplyExact(elements, (long) element.dtype().bytes());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("tensor '%s' has sizes that overflow".formatted(name), e);
    }
  }

  /** JSON can write halves of characters that no UTF-8 has. */
  static String encodable(String text) {
    boolean isPlain = text.chars().noneMatch(c -> Character.isSurrogate((char) c));
    if (!isPlain && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("a text with half a character");
    }
    return text;
  }

  /** Told with values only when it does not hold: headers have thousands of entries. */
  private static void require(boolean holds, String name, String otherwise, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(
          "tensor '%s' has %s".formatted(name, otherwise.formatted(values)));
    }
  }
}
