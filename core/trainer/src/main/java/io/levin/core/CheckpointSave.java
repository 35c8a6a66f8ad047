package io.levin.core;

import io.levin.checkpoint.TensorShard;
import io.levin.strategy.Strategy;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes a checkpoint of all ranks. Where they hold parts, either each writes its own, if the
 * format has files for that, or rank 0 writes all, gathering one array after the other; else rank 0
 * has all there is.
 */
final class CheckpointSave {
  private static final String WHAT = "checkpoint";

  private CheckpointSave() {}

  /** Writes the arrays of a tree as they are now; every rank must call it. */
  static void run(Strategy strategy, CheckpointFiles files, Map<String, Object> tree, Path path) {
    if (strategy.sharding().isEmpty()) {
      OneForAll.run(strategy, WHAT, () -> files.save(CheckpointValues.of(tree, p -> p), path));
    } else if (OneForAll.decide(strategy, WHAT, () -> files.savesApart(path))) {
      files.save(CheckpointValues.of(tree, CheckpointSave::apart), path, strategy.group());
    } else {
      gathered(strategy, files, tree, path);
    }
  }

  private static TensorShard apart(Part part) {
    return new TensorShard(
        Tensors.of(part.array()), part.shard().whole().getShape(), part.shard().first());
  }

  private static void gathered(
      Strategy strategy, CheckpointFiles files, Map<String, Object> tree, Path path) {
    GatheredParts parts = new GatheredParts(strategy);
    Map<Object, Object> root = CheckpointValues.of(tree, parts::tensor);
    if (!strategy.isGlobalZero()) {
      parts.serve();
    }
    OneForAll.run(
        strategy,
        WHAT,
        () -> {
          try {
            files.save(root, path);
          } finally {
            parts.end();
          }
        });
  }
}
