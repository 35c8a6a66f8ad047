package io.levin.core;

import io.levin.LevinException;
import io.levin.callback.Callback;
import io.levin.logger.Logger;
import io.levin.strategy.Strategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The checkpoints of a run: made by all ranks together, told of when they are on disk. */
final class RunCheckpoints {
  private static final String WHAT = "checkpoint";

  private final DefaultTrainer trainer;
  private final Strategy strategy;
  private final CheckpointFiles files;
  private long batchesKept = -1;

  RunCheckpoints(DefaultTrainer trainer, Parts parts) {
    this.trainer = trainer;
    this.strategy = parts.strategy();
    this.files = parts.checkpoints();
  }

  void save(Path path, boolean weightsOnly) {
    FitParts parts = trainer.fitParts();
    if (parts == null) {
      throw LevinException.user(
          "There is nothing to keep: no model is attached to this Trainer.",
          "Call saveCheckpoint while fit runs.");
    }
    // Built by all ranks, as each may have its part in it.
    Map<String, Object> tree = new CheckpointTree(trainer, parts).build(weightsOnly);
    CheckpointSave.run(strategy, files, tree, path);
    if (!weightsOnly) {
      batchesKept = trainer.progress().totalBatches;
    }
    announceDurable();
  }

  /** Gives a checkpoint another name, where that costs nothing; else keeps this moment by it. */
  void link(Path checkpoint, Path another, boolean weightsOnly) {
    if (OneForAll.decide(strategy, WHAT, () -> files.link(checkpoint, another))) {
      announceDurable();
    } else {
      save(another, weightsOnly);
    }
  }

  /** Whether a checkpoint of this very moment is kept already. */
  boolean haveThisMoment() {
    return batchesKept == trainer.progress().totalBatches;
  }

  String suffix() {
    return OneForAll.text(strategy, WHAT, files::suffix);
  }

  void remove(Path path) {
    OneForAll.run(strategy, WHAT, () -> files.remove(path));
  }

  /** What the run's folder has, those of earlier starts among them. */
  List<Path> all() {
    return CheckpointSearch.under(trainer.checkpointDirectory(), files::isOne);
  }

  /** Waits for those that are still being written. */
  void finish() {
    OneForAll.run(strategy, WHAT, files::flush);
    announceDurable();
  }

  /** Tells of what has come to disk since; fails when something could not be brought there. */
  void announceDurable() {
    for (Path path : files.durable()) {
      for (Logger logger : trainer.loggers()) {
        logger.checkpointSaved(path);
      }
      for (Callback callback : trainer.callbacks()) {
        callback.onCheckpointDurable(trainer, trainer.fitParts().module(), path);
      }
    }
  }
}
