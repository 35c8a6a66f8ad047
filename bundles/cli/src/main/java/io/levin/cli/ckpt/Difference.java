package io.levin.cli.ckpt;

import io.levin.checkpoint.Digest;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** In what two checkpoints differ, a line each. */
public final class Difference {
  private final List<String> lines = new ArrayList<>();

  private Difference() {}

  public static List<String> of(Object one, Object other) {
    Difference difference = new Difference();
    difference.compare("", one, other);
    return difference.lines;
  }

  private void compare(String path, Object one, Object other) {
    if (one instanceof Tensor a && other instanceof Tensor b) {
      tensors(path, a, b);
      return;
    }
    Map<Object, Object> first = children(one);
    Map<Object, Object> second = children(other);
    if (first == null || second == null) {
      if (!same(one, other)) {
        lines.add("%s: %s, other %s".formatted(path, one, other));
      }
      return;
    }
    Set<Object> keys = new LinkedHashSet<>(first.keySet());
    keys.addAll(second.keySet());
    for (Object key : keys) {
      String inner = path.isEmpty() ? String.valueOf(key) : path + "/" + key;
      if (!second.containsKey(key)) {
        lines.add(inner + ": only in the first");
      } else if (!first.containsKey(key)) {
        lines.add(inner + ": only in the other");
      } else {
        compare(inner, first.get(key), second.get(key));
      }
    }
  }

  private static boolean same(Object one, Object other) {
    return one instanceof byte[] a && other instanceof byte[] b
        ? Arrays.equals(a, b)
        : Objects.equals(String.valueOf(one), String.valueOf(other));
  }

  private void tensors(String path, Tensor one, Tensor other) {
    if (one.dtype() != other.dtype() || !Arrays.equals(one.shape(), other.shape())) {
      lines.add("%s: %s, other %s".formatted(path, one, other));
    } else if (!Digest.sha256(one).equals(Digest.sha256(other))) {
      lines.add("%s: other values".formatted(path));
    }
  }

  private static Map<Object, Object> children(Object value) {
    Map<Object, Object> children = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      children.putAll(map);
      return children;
    }
    Collection<?> items =
        value instanceof Tuple tuple
            ? tuple.items()
            : value instanceof Collection<?> collection ? collection : null;
    if (items == null) {
      return null;
    }
    items.forEach(item -> children.put(children.size(), item));
    return children;
  }
}
