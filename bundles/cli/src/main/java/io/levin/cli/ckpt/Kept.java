package io.levin.cli.ckpt;

import io.levin.LevinException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A checkpoint on disk, as far as it matters for what is to be kept.
 *
 * @param written when
 * @param identity the same for two names of one checkpoint
 * @param step of training
 * @param size in bytes
 * @param best names of those that its run held for the best when it was written
 * @param damage why it cannot be read; null for a whole one
 */
record Kept(
    Path path,
    CheckpointIO format,
    FileTime written,
    Object identity,
    long step,
    long size,
    List<String> best,
    String damage) {
  static final Comparator<Kept> NEWEST_FIRST =
      Comparator.comparing(Kept::written)
          .thenComparing(Kept::step)
          .thenComparing(kept -> kept.path().toString())
          .reversed();

  static Kept of(Path path, CheckpointIO format) {
    try {
      List<Path> files = files(path);
      Path largest = files.isEmpty() ? path : largest(files);
      Object key = Files.readAttributes(largest, BasicFileAttributes.class).fileKey();
      FileTime written = Files.getLastModifiedTime(path);
      long size = 0;
      for (Path file : files) {
        size += Files.size(file);
      }
      Object identity = key == null ? path : key;
      try (Checkpoint checkpoint = format.load(path)) {
        Map<?, ?> root = checkpoint.root() instanceof Map<?, ?> map ? map : Map.of();
        long step = root.get("global_step") instanceof Number number ? number.longValue() : -1;
        return new Kept(path, format, written, identity, step, size, best(root), null);
      } catch (LevinException e) {
        return new Kept(path, format, written, identity, -1, size, List.of(), e.getMessage());
      }
    } catch (IOException e) {
      throw LevinException.resource(
          "'%s' cannot be read: %s.".formatted(path, e.getMessage()), "Check its permissions.", e);
    }
  }

  /** What callbacks that watch a metric say. */
  private static List<String> best(Map<?, ?> root) {
    return root.get("callbacks") instanceof Map<?, ?> states
        ? states.values().stream()
            .map(state -> state instanceof Map<?, ?> map ? map : Map.of())
            .filter(state -> state.get("monitor") != null)
            .map(state -> state.get("best_model_path"))
            .filter(Objects::nonNull)
            .map(best -> best.toString().replaceAll(".*[/\\\\]", ""))
            .filter(name -> !name.isEmpty())
            .toList()
        : List.of();
  }

  static List<Path> files(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static Path largest(List<Path> files) throws IOException {
    Path largest = files.get(0);
    for (Path file : files) {
      largest = Files.size(file) > Files.size(largest) ? file : largest;
    }
    return largest;
  }
}
