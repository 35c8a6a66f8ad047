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

/**
 * What {@code ckpt-path} means: a file, or {@code last}, {@code best} or {@code hpc} of the runs
 * before. A job that its scheduler starts again goes on from what it kept itself, whatever is
 * asked.
 */
final class CheckpointPath {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointPath.class);

  private static final Comparator<Path> NEWER =
      Comparator.comparing(CheckpointPath::modified).thenComparing(Path::toString);

  private final DefaultTrainer trainer;

  CheckpointPath(DefaultTrainer trainer) {
    this.trainer = trainer;
  }

  /**
   * For fit: {@code last} and {@code hpc} start afresh where there is none yet, so that one command
   * serves always.
   */
  Path forFit() {
    String wanted = trainer.arguments().get(TrainerArguments.CKPT_PATH);
    Optional<Path> own = ofThisJob();
    if (own.isPresent()) {
      LOG.info("the job was started again: resuming from {}", own.get());
      return own.get();
    }
    if ("last".equals(wanted) || "hpc".equals(wanted)) {
      Optional<Path> newest = wanted.equals("hpc") ? newestRequeued() : newest();
      if (newest.isEmpty()) {
        LOG.warn(
            "--ckpt-path {}: no run has kept a checkpoint yet, so training starts afresh", wanted);
      } else {
        LOG.info("resuming from {}", newest.get());
      }
      return newest.orElse(null);
    }
    return forWeights();
  }

  /** The newest that earlier starts of this job have kept. */
  private Optional<Path> ofThisJob() {
    if (!trainer.requeue().isRestarted()) {
      return Optional.empty();
    }
    Optional<Path> newest = trainer.checkpoints().all().stream().max(NEWER);
    if (newest.isEmpty()) {
      LOG.warn(
          "the job was started again, but has kept no checkpoint in {}", trainer.runDirectory());
    }
    return newest;
  }

  Path forWeights() {
    String wanted = trainer.arguments().get(TrainerArguments.CKPT_PATH);
    if (wanted == null) {
      return null;
    }
    Path found =
        switch (wanted) {
          case "hpc" -> newestRequeued().orElseThrow(() -> none(wanted));
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
    return all().max(NEWER);
  }

  /** The newest that a run has kept because its scheduler announced the end. */
  private Optional<Path> newestRequeued() {
    return all().filter(Requeue::isOne).max(NEWER);
  }

  private Stream<Path> all() {
    return Stream.concat(Stream.of(runs()), keptElsewhere())
        .flatMap(
            folder ->
                CheckpointSearch.under(folder, trainer.parts().checkpoints()::isOne).stream());
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
