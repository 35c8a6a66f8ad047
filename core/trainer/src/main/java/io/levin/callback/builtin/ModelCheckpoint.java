package io.levin.callback.builtin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.arguments.TrainerArguments;
import io.levin.callback.Callback;
import io.levin.checkpoint.Storages;
import io.levin.module.LevinModule;
import io.levin.trainer.Trainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the best checkpoints of a fit, and on request the last one.
 *
 * <p>A new checkpoint is safely on disk before an older one is removed. Nothing is ever removed but
 * what this callback has kept in its folder, and never the file that the run was resumed from.
 */
public final class ModelCheckpoint implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(ModelCheckpoint.class);

  /**
   * @param dirpath folder; null for {@code checkpoints} in the folder of the run
   * @param filename template such as {@code {epoch}-{val_loss:.2f}}; null for {@code
   *     {epoch}-{step}}
   * @param monitor metric that tells which are best; null keeps the newest
   * @param mode {@code min} or {@code max}
   * @param saveTopK how many to keep; -1 for all, 0 for none
   * @param saveLast whether {@code last.ckpt} is written too, after every epoch at least
   * @param everyNTrainSteps 0 for never; null for 0
   * @param everyNEpochs 0 for never; null for 1 where nothing else says when, else for 0
   * @param trainTimeInterval null for never
   * @param saveOnTrainEpochEnd null decides by how validation runs
   */
  public record Options(
      Path dirpath,
      String filename,
      String monitor,
      String mode,
      int saveTopK,
      boolean saveLast,
      boolean saveWeightsOnly,
      boolean autoInsertMetricName,
      Integer everyNTrainSteps,
      Integer everyNEpochs,
      Duration trainTimeInterval,
      Boolean saveOnTrainEpochEnd) {
    /** The newest, after every epoch. */
    public static final Options DEFAULTS =
        new Options(null, null, null, "min", 1, false, false, true, null, null, null, null);

    public Options {
      dirpath = dirpath == null ? null : dirpath.toAbsolutePath().normalize();
      filename = filename == null || filename.isBlank() ? "{epoch}-{step}" : filename;
      boolean nothingSaysWhen =
          everyNTrainSteps == null && everyNEpochs == null && trainTimeInterval == null;
      everyNTrainSteps = everyNTrainSteps == null ? 0 : everyNTrainSteps;
      everyNEpochs = everyNEpochs == null ? (nothingSaysWhen ? 1 : 0) : everyNEpochs;
      ModelCheckpointRules.check(
          monitor, mode, saveTopK, everyNTrainSteps, everyNEpochs, trainTimeInterval);
    }

    /** The k best by a metric, after every epoch. */
    public static Options best(int k, String monitor, String mode) {
      return new Options(null, null, monitor, mode, k, false, false, true, null, null, null, null);
    }
  }

  private final Options options;
  private final KeptCheckpoints kept;
  private final CheckpointKeeper keeper;
  private boolean isFitting;
  private boolean metricIsDue;
  private long handledStep;
  private long lastNanos;
  private String resumedFrom;

  public ModelCheckpoint(Options options) {
    this.options = options;
    this.kept =
        new KeptCheckpoints(options.monitor(), options.mode().equals("min"), options.saveTopK());
    this.keeper = new CheckpointKeeper(options, kept);
    kept.folder(options.dirpath());
    if (options.monitor() == null && options.saveTopK() == -1 && options.saveLast()) {
      LOG.info("ModelCheckpoint keeps all and the last: the newest has two names");
    }
  }

  public Options options() {
    return options;
  }

  /** The best so far; the newest without a monitor; nothing yet at first. */
  public Optional<Path> bestModelPath() {
    return kept.bestPath();
  }

  /** Value of the monitored metric of the best. */
  public Optional<Double> bestModelScore() {
    return kept.bestScore();
  }

  public Optional<Path> lastModelPath() {
    return kept.lastPath();
  }

  @Override
  public boolean keepsCheckpoints() {
    return true;
  }

  @Override
  public void onFitStart(Trainer trainer, LevinModule module) {
    isFitting = !Monitor.isTrial(trainer);
    metricIsDue = false;
    if (options.dirpath() == null) {
      kept.folder(trainer.checkpointDirectory());
    } else if (isFitting && options.saveTopK() != 0) {
      ModelCheckpointRules.warnIfNotEmpty(options.dirpath());
    }
  }

  @Override
  public void onTrainStart(Trainer trainer, LevinModule module) {
    // Nothing is trained yet; a resumed run has kept this very step already.
    handledStep = trainer.globalStep();
    lastNanos = System.nanoTime();
  }

  @Override
  public void onTrainBatchEnd(
      Trainer trainer, LevinModule module, NDArray loss, NDList batch, int batchIndex) {
    long step = trainer.globalStep();
    int every = options.everyNTrainSteps();
    boolean isDue =
        options.trainTimeInterval() == null ? every > 0 && step % every == 0 : elapsed(trainer);
    if (isDue) {
      keep(trainer, true);
    }
  }

  private boolean elapsed(Trainer trainer) {
    long now = System.nanoTime();
    boolean elapsed =
        trainer.strategy().agree(now - lastNanos >= options.trainTimeInterval().toNanos());
    lastNanos = elapsed ? now : lastNanos;
    return elapsed;
  }

  @Override
  public void onValidationEnd(Trainer trainer, LevinModule module) {
    if (trainer.state() == Trainer.State.SANITY_CHECKING) {
      return;
    }
    metricIsDue = true;
    if (!Monitor.isAtEpochEnd(trainer, options.saveOnTrainEpochEnd())) {
      keep(trainer, isEpochDue(trainer));
    }
  }

  @Override
  public void onTrainEpochEnd(Trainer trainer, LevinModule module) {
    metricIsDue |= trainer.validationBatches() == 0;
    if (Monitor.isAtEpochEnd(trainer, options.saveOnTrainEpochEnd())) {
      keep(trainer, isEpochDue(trainer));
    }
  }

  /** A run that ends within an epoch, by max-steps or a signal, loses nothing of it. */
  @Override
  public void onTrainEnd(Trainer trainer, LevinModule module) {
    boolean isWithin = trainer.batchIndex() + 1 < trainer.trainBatches();
    if (isWithin && options.everyNEpochs() > 0 && !trainer.isKept()) {
      // By a metric there is nothing to judge it by yet; but it is the last.
      keep(trainer, options.monitor() == null);
    }
  }

  private boolean isEpochDue(Trainer trainer) {
    return options.everyNEpochs() > 0 && (trainer.currentEpoch() + 1) % options.everyNEpochs() == 0;
  }

  /**
   * @param bestToo whether only the last is due, or the best as well
   */
  private void keep(Trainer trainer, boolean bestToo) {
    boolean wantsBest = bestToo && options.saveTopK() != 0;
    boolean nothingToDo = !wantsBest && !options.saveLast();
    if (!isFitting || nothingToDo || trainer.globalStep() == handledStep) {
      return;
    }
    handledStep = trainer.globalStep();
    keeper.keep(trainer, wantsBest, metricIsDue);
  }

  @Override
  public void onFitEnd(Trainer trainer, LevinModule module) {
    isFitting = false;
  }

  @Override
  public void onException(Trainer trainer, LevinModule module, Throwable failure) {
    isFitting = false;
  }

  @Override
  public String stateKey() {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("monitor", options.monitor());
    arguments.put("mode", options.mode());
    arguments.put("every_n_train_steps", options.everyNTrainSteps());
    arguments.put("every_n_epochs", options.everyNEpochs());
    arguments.put("train_time_interval", options.trainTimeInterval());
    arguments.put("save_on_train_epoch_end", options.saveOnTrainEpochEnd());
    return PythonText.key("ModelCheckpoint", arguments);
  }

  @Override
  public Map<String, Object> stateDict() {
    return kept.state();
  }

  @Override
  public void onLoadCheckpoint(
      Trainer trainer, LevinModule module, Map<String, Object> checkpoint) {
    resumedFrom = trainer.arguments().get(TrainerArguments.CKPT_PATH);
  }

  @Override
  public void loadStateDict(Map<String, Object> state) {
    boolean isSameFolder = kept.restore(state);
    if (!isSameFolder && options.dirpath() != null) {
      LOG.warn(
          "checkpoints were kept in '{}', now in '{}': of their scores only the best path is taken"
              + " over",
          state.get("dirpath"),
          options.dirpath());
    }
    keeper.neverRemove(
        switch (resumedFrom == null ? "last" : resumedFrom) {
          case "last", "hpc" -> kept.newest();
          case "best" -> kept.bestPath().orElse(null);
          default -> Storages.path(resumedFrom).toAbsolutePath().normalize();
        });
  }
}
