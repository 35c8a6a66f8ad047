package io.levin.core;

import io.levin.LevinException;
import io.levin.arguments.TrainerArguments;
import io.levin.callback.Callback;
import io.levin.checkpoint.Storages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code ckpt-path} means: a file, or {@code last} or {@code best} of the runs before. */
final class CheckpointPath {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointPath.class);

  private static final Comparator<Path> NEWER =
      Comparator.comparing(CheckpointPath::modified).thenComparing(Path::toString);

  private final DefaultTrainer trainer;

  CheckpointPath(DefaultTrainer trainer) {
    this.trainer = trainer;
  }

  /**
   * For fit: {@code last} starts afresh where there is none yet, so that one command serves always.
   */
  Path forFit() {
    String wanted = trainer.arguments().get(TrainerArguments.CKPT_PATH);
    if ("last".equals(wanted)) {
      Optional<Path> newest = newest();
      if (newest.isEmpty()) {
        LOG.warn("--ckpt-path last: no run has kept a checkpoint yet, so training starts afresh");
      } else {
        LOG.info("resuming from {}", newest.get());
      }
      return newest.orElse(null);
    }
    return forWeights();
  }

  Path forWeights() {
    String wanted = trainer.arguments().get(TrainerArguments.CKPT_PATH);
    if (wanted == null) {
      return null;
    }
    Path found =
        switch (wanted) {
          case "last" -> newest().orElseThrow(() -> none(wanted));
          case "best" -> BestCheckpoint.of(runs()).orElseThrow(() -> none(wanted));
          default -> Storages.path(wanted);
        };
    LOG.info("loading {}", found);
    return found;
  }

  private LevinException none(String wanted) {
    return LevinException.user(
        "--ckpt-path %s: no run under '%s' has kept a checkpoint.".formatted(wanted, runs()),
        "Give a file, or --default-root-dir of the runs before.");
  }

  private Path runs() {
    return trainer.checkpointDirectory().getParent().getParent();
  }

  /**
   * The newest of all runs: in their folders, and where this run's callbacks are to keep theirs.
   */
  private Optional<Path> newest() {
    return Stream.concat(Stream.of(runs()), keptElsewhere())
        .flatMap(
            folder -> CheckpointSearch.under(folder, trainer.parts().checkpoints()::isOne).stream())
        .max(NEWER);
  }

  private Stream<Path> keptElsewhere() {
    return trainer.callbacks().stream()
        .filter(Callback::keepsCheckpoints)
        .map(callback -> callback.stateDict().get("dirpath"))
        .filter(folder -> folder != null && !folder.toString().isEmpty())
        .map(folder -> Storages.path(folder.toString()));
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
