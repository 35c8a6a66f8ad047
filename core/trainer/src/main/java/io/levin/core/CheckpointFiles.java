package io.levin.core;

import java.nio.file.Path;
import java.util.Map;

final class CheckpointFiles {
  CheckpointFiles(Object io) {}

  void save(Map<String, Object> tree, Path path) {}

  Map<String, Object> load(Path path) {
    return Map.of();
  }

  void remove(Path path) {}

  static void release(Map<String, Object> tree) {}
}
