package io.levin.checkpoint.torch;

import io.levin.checkpoint.Complex;
import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls in pickles that stand for data: of Python's containers, of numpy's and torch's values. */
final class KnownCalls {
  private KnownCalls() {}

  /**
   * @return nothing when the name is not known
   * @throws IllegalArgumentException when the arguments make no sense, saying why
   */
  static Optional<Object> call(Opaque callee, List<Object> arguments) {
    String module = Forbidden.modern(callee.module());
    String name = callee.name();
    Object made =
        switch (module) {
          case "collections" -> collection(name, arguments);
          case "builtins" -> builtin(name, arguments);
          case "codecs" -> encode(arguments);
          case "torch._utils" -> TensorCalls.call(name, arguments);
          case "numpy.core.multiarray", "numpy._core.multiarray" -> Numpy.scalar(name, arguments);
          default -> null;
        };
    return Optional.ofNullable(made);
  }

  private static Object collection(String name, List<Object> arguments) {
    switch (name) {
      case "OrderedDict" -> {
        OrderedDict dict = new OrderedDict();
        fill(dict, arguments);
        return dict;
      }
      case "defaultdict" -> {
        // What makes its missing values is code; the values that are there are the data.
        return new LinkedHashMap<>();
      }
      case "Counter" -> {
        Map<Object, Object> counts = new LinkedHashMap<>();
        fill(counts, arguments);
        return counts;
      }
      default -> {
        return null;
      }
    }
  }

  private static void fill(Map<Object, Object> target, List<Object> arguments) {
    if (arguments.isEmpty()) {
      return;
    }
    if (arguments.get(0) instanceof Map<?, ?> map) {
      target.putAll(map);
    } else if (arguments.get(0) instanceof List<?> pairs) {
      for (Object pair : pairs) {
        List<?> both = pair instanceof Tuple tuple ? tuple.items() : (List<?>) pair;
        target.put(both.get(0), both.get(1));
      }
    }
  }

  private static Object builtin(String name, List<Object> arguments) {
    return switch (name) {
      case "set", "frozenset" ->
          arguments.isEmpty()
              ? new LinkedHashSet<>()
              : new LinkedHashSet<>((List<?>) arguments.get(0));
      case "list" -> arguments.isEmpty() ? new ArrayList<>() : null;
      case "dict" -> arguments.isEmpty() ? new LinkedHashMap<>() : null;
      case "bytes" -> arguments.isEmpty() ? new byte[0] : null;
      case "bytearray" -> bytes(arguments);
      case "complex" ->
          new Complex(
              ((Number) arguments.get(0)).doubleValue(), ((Number) arguments.get(1)).doubleValue());
      default -> null;
    };
  }

  private static Object bytes(List<Object> arguments) {
    if (arguments.isEmpty()) {
      return new byte[0];
    }
    return arguments.get(0) instanceof byte[] bytes
        ? bytes
        : arguments.get(0) instanceof String text
            ? text.getBytes(StandardCharsets.ISO_8859_1)
            : null;
  }

  /** Protocol 2 writes bytes as a text to be encoded. */
  private static Object encode(List<Object> arguments) {
    String text = (String) arguments.get(0);
    String encoding = arguments.size() > 1 ? (String) arguments.get(1) : "utf-8";
    return switch (encoding) {
      case "latin1", "latin-1", "iso-8859-1" -> text.getBytes(StandardCharsets.ISO_8859_1);
      case "utf-8", "utf8" -> text.getBytes(StandardCharsets.UTF_8);
      default -> throw new IllegalArgumentException("unknown encoding '%s'".formatted(encoding));
    };
  }
}
