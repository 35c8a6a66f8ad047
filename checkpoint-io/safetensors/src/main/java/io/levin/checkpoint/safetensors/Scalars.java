package io.levin.checkpoint.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.levin.checkpoint.Complex;
import java.io.IOException;
import java.math.BigInteger;

/** Values without values in them, as the JSON of a manifest. */
final class Scalars {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Python's integers are rarely longer; to read one costs the square of its length. */
  private static final int LONGEST_INTEGER = 10_000;

  private Scalars() {}

  /** Null when it is none. */
  static JsonNode encode(Object value) {
    if (value == null) {
      return JSON.nullNode();
    } else if (value instanceof Boolean truth) {
      return JSON.booleanNode(truth);
    } else if (value instanceof String text) {
      return JSON.textNode(HeaderEntry.encodable(text));
    } else if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number)
          ? JSON.numberNode(number)
          : TreeEncoder.kind("float", JSON.textNode(Double.toString(number)));
    } else if (value instanceof BigInteger whole) {
      return TreeEncoder.kind("integer", JSON.textNode(whole.toString()));
    } else if (value instanceof Number whole) {
      return JSON.numberNode(whole.longValue());
    } else if (value instanceof byte[] bytes) {
      return TreeEncoder.kind("bytes", JSON.binaryNode(bytes));
    } else if (value instanceof Complex complex) {
      return TreeEncoder.kind(
          "complex", JSON.arrayNode().add(encode(complex.real())).add(encode(complex.imaginary())));
    }
    return null;
  }

  /** What is said without an object. */
  static Object plain(JsonNode node) {
    if (node.isNull()) {
      return null;
    } else if (node.isBoolean()) {
      return node.booleanValue();
    } else if (node.isTextual()) {
      return HeaderEntry.encodable(node.textValue());
    } else if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    } else if (node.isFloatingPointNumber() && Double.isFinite(node.doubleValue())) {
      return node.doubleValue();
    }
    throw new IllegalArgumentException("the number %s is too large".formatted(node));
  }

  static double floating(JsonNode node) {
    return switch (node.textValue() == null ? "" : node.textValue()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new IllegalArgumentException("%s is no float".formatted(node));
    };
  }

  static BigInteger integer(JsonNode node) {
    if (!node.isTextual()
        || !node.textValue().matches("-?[0-9]{1,%d}".formatted(LONGEST_INTEGER))) {
      throw new IllegalArgumentException("an integer that is none");
    }
    return new BigInteger(node.textValue());
  }

  static byte[] bytes(JsonNode node) {
    try {
      byte[] bytes = node.isTextual() ? node.binaryValue() : null;
      if (bytes != null) {
        return bytes;
      }
      throw new IllegalArgumentException("bytes of no text");
    } catch (IOException e) {
      throw new IllegalArgumentException("bytes that are no base64", e);
    }
  }

  static Complex complex(JsonNode node) {
    if (!node.isArray() || node.size() != 2) {
      throw new IllegalArgumentException("a complex number of no two parts");
    }
    return new Complex(part(node.get(0)), part(node.get(1)));
  }

  private static double part(JsonNode node) {
    return node.isObject() ? floating(node.path("float")) : node.doubleValue();
  }
}
