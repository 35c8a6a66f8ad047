package io.levin.callback.builtin;

import io.levin.collective.Exchange;
import io.levin.collective.ProcessGroup;
import io.levin.trainer.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a ModelCheckpoint does when something is due: finds whether this moment is one of the best
 * and a name for it, writes the new, then removes the old. Every rank does the same.
 */
final class CheckpointKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointKeeper.class);
  private static final String LAST = "last";

  private final ModelCheckpoint.Options options;
  private final CheckpointName name;
  private final KeptCheckpoints kept;
  private Path source;
  private boolean warnedOfMissing;

  CheckpointKeeper(ModelCheckpoint.Options options, KeptCheckpoints kept) {
    this.options = options;
    this.kept = kept;
    this.name = new CheckpointName(options.filename(), options.autoInsertMetricName());
  }

  /** The file that the run was resumed from; null for none. */
  void neverRemove(Path path) {
    source = path;
  }

  /**
   * @param wantsBest whether this moment may become one of the best, or only the last
   * @param metricIsDue whether the metric must be there by now
   */
  void keep(Trainer trainer, boolean wantsBest, boolean metricIsDue) {
    if (options.saveLast()) {
      // Before anything is written: it is part of what is written.
      kept.last(last(trainer));
    }
    boolean isNew = wantsBest && keepIfBest(trainer, metricIsDue);
    if (options.saveLast()) {
      keepLast(trainer, isNew);
    }
  }

  private boolean keepIfBest(Trainer trainer, boolean metricIsDue) {
    Map<String, Double> metrics = new LinkedHashMap<>(trainer.callbackMetrics());
    // After the metrics: one that was logged by such a name, an epoch ago, must not name a file.
    metrics.put("epoch", (double) trainer.currentEpoch());
    metrics.put("step", (double) trainer.globalStep());
    Double score = options.monitor() == null ? Double.valueOf(0) : metrics.get(options.monitor());
    if (!trainer.strategy().agree(score != null)) {
      missing(metrics, metricIsDue);
      return false;
    }
    // Rank 0's, as a metric of a step differs between ranks
    ProcessGroup ranks = trainer.strategy().group();
    score = Exchange.broadcast(ranks, score == null ? 0 : score, 0);
    kept.current(score);
    long step = trainer.globalStep();
    if (!trainer.strategy().agree(kept.admits(score, step))) {
      return false;
    }
    Optional<Path> leaving = kept.leaving();
    String free = Exchange.broadcast(ranks, name.of(metrics), 0);
    Path path = free(free, leaving.orElse(null), trainer);
    kept.add(path, score, step);
    trainer.saveCheckpoint(path, options.saveWeightsOnly());
    leaving
        .filter(old -> !old.equals(path) && !old.equals(source))
        .ifPresent(trainer::removeCheckpoint);
    return true;
  }

  private void missing(Map<String, Double> metrics, boolean metricIsDue) {
    if (metricIsDue) {
      throw Monitor.missing(options.monitor(), metrics, "ModelCheckpoint");
    }
    if (!warnedOfMissing) {
      warnedOfMissing = true;
      LOG.warn("no checkpoint yet: '{}' is not logged so early", options.monitor());
    }
  }

  /** A second name for what has just been written costs nothing. */
  private void keepLast(Trainer trainer, boolean isJustWritten) {
    if (isJustWritten) {
      trainer.linkCheckpoint(kept.newest(), last(trainer), options.saveWeightsOnly());
    } else {
      trainer.saveCheckpoint(last(trainer), options.saveWeightsOnly());
    }
  }

  private Path last(Trainer trainer) {
    return kept.folder().resolve(LAST + trainer.checkpointSuffix());
  }

  /** A path that no file has yet; that of the one about to go may be taken. */
  private Path free(String wanted, Path leaving, Trainer trainer) {
    String suffix = trainer.checkpointSuffix();
    Path path = kept.folder().resolve(wanted + suffix);
    for (int version = 1; isTaken(path, leaving, trainer); version++) {
      path = kept.folder().resolve("%s-v%d%s".formatted(wanted, version, suffix));
    }
    return path;
  }

  private boolean isTaken(Path path, Path leaving, Trainer trainer) {
    if (options.saveLast() && path.equals(last(trainer))) {
      return true;
    }
    // The one that the run was resumed from stays, so its name does too.
    boolean isGoing = path.equals(leaving) && !path.equals(source);
    return !isGoing && (kept.contains(path) || trainer.strategy().agree(Files.exists(path)));
  }
}
