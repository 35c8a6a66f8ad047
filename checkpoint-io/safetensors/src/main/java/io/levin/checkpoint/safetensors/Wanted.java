package io.levin.checkpoint.safetensors;

import io.levin.checkpoint.TensorPaths;
import java.util.Set;

/** Which part of a checkpoint is asked for. */
final class Wanted {
  private final Set<String> paths;

  private Wanted(Set<String> paths) {
    this.paths = paths;
  }

  static Wanted all() {
    return new Wanted(null);
  }

  static Wanted of(Set<String> paths) {
    return new Wanted(Set.copyOf(paths));
  }

  static String under(String path, Object key) {
    return TensorPaths.join(path, TensorPaths.label(key));
  }

  /** Whether a value is wanted, or lies on the way to one, or within one. */
  boolean isOnTheWay(String path) {
    return paths == null
        || paths.stream()
            .anyMatch(
                one ->
                    path.equals(one) || path.startsWith(one + "/") || one.startsWith(path + "/"));
  }
}
