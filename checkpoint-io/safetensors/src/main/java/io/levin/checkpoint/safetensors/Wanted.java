package io.levin.checkpoint.safetensors;

import io.levin.LevinException;
import io.levin.checkpoint.TensorPaths;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which part of a checkpoint is asked for. */
final class Wanted {
  private final Set<String> paths;
  private final Set<String> found = new LinkedHashSet<>();

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
    if (paths == null) {
      return true;
    }
    boolean on = false;
    for (String one : paths) {
      if (path.equals(one)) {
        found.add(one);
      }
      on |= path.equals(one) || path.startsWith(one + "/") || one.startsWith(path + "/");
    }
    return on;
  }

  /**
   * @throws LevinException when something asked for was not there
   */
  void checkFound(Path checkpoint) {
    List<String> missing =
        paths == null
            ? List.of()
            : paths.stream().filter(path -> !found.contains(path)).sorted().toList();
    if (!missing.isEmpty()) {
      throw LevinException.user(
          "'%s' holds nothing at %s.".formatted(checkpoint, String.join(", ", missing)),
          "'levin ckpt show %s' lists what it holds.".formatted(checkpoint));
    }
  }
}
