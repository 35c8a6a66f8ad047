package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.levin.LevinException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.SupportsAsyncSave;
import io.levin.checkpoint.SupportsLinks;
import io.levin.checkpoint.SupportsPartialLoad;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a run's tree, which holds live arrays, into the value that a CheckpointIO keeps, and back.
 */
final class CheckpointFiles {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointFiles.class);

  /** Where tensors stay tensors, to be read straight into the arrays that are there already. */
  private static final Set<String> LARGE = Set.of("state_dict", "optimizer_states", "levin");

  private static final String WEIGHTS = "state_dict";

  private final CheckpointIO io;
  private final Supplier<List<CheckpointIO>> formats;
  private final List<Path> durable = new ArrayList<>();

  /**
   * @param formats of which a checkpoint may be that is not the plan's own
   */
  CheckpointFiles(CheckpointIO io, Supplier<List<CheckpointIO>> formats) {
    this.io = io;
    this.formats = formats;
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
                key.equals(WEIGHTS) && value instanceof Map<?, ?> weights
                    ? new OrderedDict((Map<?, ?>) toValue(weights, seen))
                    : toValue(value, seen)));
    io.save(Checkpoint.of(root), path);
    written(path);
  }

  /** Whether a second name was made, which costs nothing. */
  boolean link(Path checkpoint, Path another) {
    boolean isLinked = io instanceof SupportsLinks links && links.link(checkpoint, another);
    if (isLinked) {
      written(another);
    }
    return isLinked;
  }

  private void written(Path path) {
    if (!(io instanceof SupportsAsyncSave)) {
      durable.add(path);
    }
  }

  /** The checkpoints that have come safely to disk since this was last asked. */
  List<Path> durable() {
    if (io instanceof SupportsAsyncSave behind) {
      return behind.durable();
    }
    List<Path> since = List.copyOf(durable);
    durable.clear();
    return since;
  }

  /** Waits until everything is on disk. */
  void flush() {
    if (io instanceof SupportsAsyncSave behind) {
      behind.flush();
    }
  }

  String suffix() {
    return io.suffix();
  }

  /** Whether a path is a checkpoint of a run, by its name and kind. */
  boolean isOne(Path path) {
    return Stream.concat(Stream.of(io), formats.get().stream())
        .anyMatch(
            format ->
                path.toString().endsWith(format.suffix())
                    && (!Files.isDirectory(path) || format.recognizes(path)));
  }

  /** The plan's own format where the path is one of it, else any other that it is one of. */
  private CheckpointIO format(Path path) {
    if (io.recognizes(path)) {
      return io;
    }
    Optional<CheckpointIO> other =
        formats.get().stream().filter(format -> format.recognizes(path)).findFirst();
    other.ifPresent(
        format -> {
          flush();
          LOG.info("'{}' is of format {}", path, format.format());
        });
    return other.orElse(io);
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
    return saved(format(path).load(path), path);
  }

  /** Reads the weights, and of the rest no more than must be. */
  Saved loadWeights(Path path) {
    CheckpointIO format = format(path);
    if (format instanceof SupportsPartialLoad parts && Files.isDirectory(path)) {
      Checkpoint part = parts.load(path, Set.of(WEIGHTS));
      if (part.root() instanceof Map<?, ?> root && root.containsKey(WEIGHTS)) {
        return saved(part, path);
      }
      part.close();
    }
    return saved(format.load(path), path);
  }

  private static Saved saved(Checkpoint file, Path path) {
    NDManager arrays = NDManager.newBaseManager();
    try {
      if (!(file.root() instanceof Map<?, ?> root)) {
        throw LevinException.user(
            "'%s' holds no map of names, as checkpoints of a Trainer do.".formatted(path),
            "Give a checkpoint that a Trainer has written.");
      }
      Map<String, Object> tree = new LinkedHashMap<>();
      withWeights(root)
          .forEach(
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

  void remove(Path path) {
    io.remove(path);
  }
}
