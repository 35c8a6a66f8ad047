package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.levin.LevinException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns a run's tree, which holds live arrays, into the value that a CheckpointIO keeps, and back.
 */
final class CheckpointFiles {
  /** Where tensors stay tensors, to be read straight into the arrays that are there already. */
  private static final Set<String> LARGE = Set.of("state_dict", "optimizer_states", "levin");

  private final CheckpointIO io;

  CheckpointFiles(CheckpointIO io) {
    this.io = io;
  }

  /** A checkpoint that was loaded; its tensors can be read until it is closed. */
  record Saved(Map<String, Object> tree, Checkpoint file, NDManager arrays)
      implements AutoCloseable {
    @Override
    public void close() {
      arrays.close();
      file.close();
    }
  }

  /** Writes the arrays as they are now, without copies. */
  void save(Map<String, Object> tree, Path path) {
    Map<Object, Object> root = new LinkedHashMap<>();
    Map<NDArray, Tensor> seen = new IdentityHashMap<>();
    tree.forEach(
        (key, value) ->
            root.put(
                key,
                key.equals("state_dict") && value instanceof Map<?, ?> weights
                    ? new OrderedDict((Map<?, ?>) toValue(weights, seen))
                    : toValue(value, seen)));
    io.save(Checkpoint.of(root), path);
  }

  private static Object toValue(Object value, Map<NDArray, Tensor> seen) {
    if (value instanceof NDArray array) {
      // One array under two names is one tensor: tied weights stay tied.
      return seen.computeIfAbsent(array, Tensors::of);
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
   * Reads a checkpoint. Weights and optimizer states are {@link Tensor}s, to be read in place; what
   * callbacks and the module kept are arrays again.
   */
  Saved load(Path path) {
    Checkpoint file = io.load(path);
    NDManager arrays = NDManager.newBaseManager();
    try {
      if (!(file.root() instanceof Map<?, ?> root)) {
        throw LevinException.user(
            "'%s' holds no map of names, as checkpoints of a Trainer do.".formatted(path),
            "Give a checkpoint that a Trainer has written.");
      }
      Map<String, Object> tree = new LinkedHashMap<>();
      root.forEach(
          (key, value) ->
              tree.put(
                  String.valueOf(key),
                  fromValue(value, LARGE.contains(String.valueOf(key)) ? null : arrays)));
      return new Saved(tree, file, arrays);
    } catch (RuntimeException e) {
      arrays.close();
      file.close();
      throw e;
    }
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

  void remove(Path path) {
    io.remove(path);
  }
}
