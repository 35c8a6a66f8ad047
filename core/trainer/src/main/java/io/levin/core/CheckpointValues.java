package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Between a run's tree, which holds live arrays, and the value that a CheckpointIO keeps. */
final class CheckpointValues {
  static final String WEIGHTS = "state_dict";

  /** Where tensors stay tensors, to be read straight into the arrays that are there already. */
  private static final Set<String> LARGE = Set.of("state_dict", "optimizer_states", "levin");

  private CheckpointValues() {}

  /**
   * The tree with the arrays as they are now, without copies.
   *
   * @param parts what becomes of a part of an array
   */
  static Map<Object, Object> of(Map<String, Object> tree, Function<Part, Object> parts) {
    Map<Object, Object> root = new LinkedHashMap<>();
    Seen seen = new Seen(parts, new IdentityHashMap<>());
    tree.forEach(
        (key, value) ->
            root.put(
                key,
                key.equals(WEIGHTS) && value instanceof Map<?, ?> weights
                    ? new OrderedDict((Map<?, ?>) toValue(weights, seen))
                    : toValue(value, seen)));
    return root;
  }

  /** One array under two names is one tensor: tied weights stay tied. */
  private record Seen(Function<Part, Object> parts, Map<NDArray, Object> values) {
    Object value(NDArray array) {
      return values.computeIfAbsent(array, Tensors::of);
    }

    Object value(Part part) {
      return values.computeIfAbsent(part.array(), key -> parts.apply(part));
    }
  }

  private static Object toValue(Object value, Seen seen) {
    if (value instanceof NDArray array) {
      return seen.value(array);
    }
    if (value instanceof Part part) {
      return seen.value(part);
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, entry) -> copy.put(key, toValue(entry, seen)));
      return copy;
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      list.forEach(item -> copy.add(toValue(item, seen)));
      return copy;
    }
    return value;
  }

  /**
   * The tree of a checkpoint. Weights and optimizer states are {@link Tensor}s, to be read in
   * place; what callbacks and the module kept are arrays again.
   *
   * @param arrays owner of these
   */
  static Map<String, Object> tree(Map<?, ?> root, NDManager arrays) {
    Map<String, Object> tree = new LinkedHashMap<>();
    withWeights(root)
        .forEach(
            (key, value) ->
                tree.put(
                    String.valueOf(key),
                    fromValue(value, LARGE.contains(String.valueOf(key)) ? null : arrays)));
    return tree;
  }

  /** Weights alone are a map of tensors by name. */
  private static Map<?, ?> withWeights(Map<?, ?> root) {
    boolean areAlone = !root.isEmpty() && root.values().stream().allMatch(Tensor.class::isInstance);
    return areAlone ? Map.of(WEIGHTS, root) : root;
  }

  /**
   * @param arrays owner of the arrays made of tensors; null to leave tensors as they are
   */
  private static Object fromValue(Object value, NDManager arrays) {
    if (value instanceof Tensor tensor) {
      return arrays == null ? tensor : Tensors.array(tensor, arrays);
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, entry) -> copy.put(key, fromValue(entry, arrays)));
      return copy;
    }
    Collection<?> items =
        value instanceof Tuple tuple ? tuple.items() : value instanceof List<?> list ? list : null;
    if (items != null) {
      List<Object> copy = new ArrayList<>(items.size());
      items.forEach(item -> copy.add(fromValue(item, arrays)));
      return copy;
    }
    return value;
  }
}
