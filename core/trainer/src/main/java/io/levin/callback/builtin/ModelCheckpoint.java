package io.levin.callback.builtin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.MisconfigurationException;
import io.levin.arguments.Limit;
import io.levin.arguments.TrainerArguments;
import io.levin.callback.Callback;
import io.levin.core.planner.Closest;
import io.levin.module.LevinModule;
import io.levin.trainer.Trainer;
import java.nio.file.Files;
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
 * what this callback itself has kept in this run.
 */
public final class ModelCheckpoint implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(ModelCheckpoint.class);
  private static final String SUFFIX = ".ckpt";
  private static final String LAST = "last";

  /**
   * @param dirpath folder; null for {@code checkpoints} in the folder of the run
   * @param filename template, see {@code {epoch}-{val_loss:.2f}}; null for {@code {epoch}-{step}}
   * @param monitor metric that tells which are best; null keeps the newest
   * @param mode {@code min} or {@code max}
   * @param saveTopK how many to keep; -1 for all, 0 for none
   * @param saveLast whether {@code last.ckpt} is written beside each
   * @param everyNTrainSteps 0 for never
   * @param everyNEpochs 0 for never
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
      int everyNTrainSteps,
      int everyNEpochs,
      Duration trainTimeInterval,
      Boolean saveOnTrainEpochEnd) {
    /** The newest, after every epoch. */
    public static final Options DEFAULTS =
        new Options(null, null, null, "min", 1, false, false, true, 0, 0, null, null);

    public Options {
      ModelCheckpointRules.check(
          monitor, mode, saveTopK, everyNTrainSteps, everyNEpochs, trainTimeInterval);
      if (everyNTrainSteps == 0 && everyNEpochs == 0 && trainTimeInterval == null) {
        everyNEpochs = 1;
      }
    }
  }

  private final Options options;
  private final BestK best;
  private Path folder;
  private Path bestPath;
  private Path lastPath;
  private Double currentScore;
  private long savedAtStep;
  private long lastNanos;
  private boolean validated;
  private boolean warnedOfMissing;

  public ModelCheckpoint(Options options) {
    this.options = options;
    this.best = new BestK(options.saveTopK(), options.mode().equals("min"));
  }

  public Options options() {
    return options;
  }

  /** The best so far; the newest without a monitor; nothing yet at first. */
  public Optional<Path> bestModelPath() {
    return Optional.ofNullable(bestPath);
  }

  /** Value of the monitored metric of the best. */
  public Optional<Double> bestModelScore() {
    return bestModelPath().map(best.scores()::get).filter(score -> options.monitor() != null);
  }

  public Optional<Path> lastModelPath() {
    return Optional.ofNullable(lastPath);
  }

  @Override
  public boolean keepsCheckpoints() {
    return true;
  }

  @Override
  public void onFitStart(Trainer trainer, LevinModule module) {
    folder =
        options.dirpath() == null
            ? trainer.runDirectory().resolve("checkpoints")
            : options.dirpath().toAbsolutePath().normalize();
    savedAtStep = 0;
  }

  @Override
  public void onTrainStart(Trainer trainer, LevinModule module) {
    // A resumed run has kept this very step already.
    savedAtStep = trainer.globalStep();
    lastNanos = System.nanoTime();
  }

  @Override
  public void onTrainBatchEnd(
      Trainer trainer, LevinModule module, NDArray loss, NDList batch, int batchIndex) {
    long step = trainer.globalStep();
    boolean byStep = options.everyNTrainSteps() > 0 && step % options.everyNTrainSteps() == 0;
    if (byStep || intervalElapsed()) {
      keep(trainer);
    }
  }

  private boolean intervalElapsed() {
    Duration interval = options.trainTimeInterval();
    return interval != null && System.nanoTime() - lastNanos >= interval.toNanos();
  }

  @Override
  public void onValidationEnd(Trainer trainer, LevinModule module) {
    if (trainer.state() == Trainer.State.SANITY_CHECKING) {
      return;
    }
    validated = true;
    if (!atEpochEnd(trainer)) {
      keepIfEpochDue(trainer);
    }
  }

  @Override
  public void onTrainEpochEnd(Trainer trainer, LevinModule module) {
    if (atEpochEnd(trainer)) {
      keepIfEpochDue(trainer);
    }
  }

  /** A run that ends within an epoch, by max-steps or a signal, loses nothing of it. */
  @Override
  public void onTrainEnd(Trainer trainer, LevinModule module) {
    boolean isWithin = trainer.batchIndex() + 1 < trainer.trainBatches();
    if (isWithin && options.everyNEpochs() > 0 && options.monitor() == null) {
      keep(trainer);
    }
  }

  private boolean atEpochEnd(Trainer trainer) {
    if (options.saveOnTrainEpochEnd() != null) {
      return options.saveOnTrainEpochEnd();
    }
    return trainer.validationBatches() == 0
        || (trainer.arguments().get(TrainerArguments.VAL_CHECK_INTERVAL).equals(Limit.ALL)
            && trainer.arguments().get(TrainerArguments.CHECK_VAL_EVERY_N_EPOCH) == 1);
  }

  private void keepIfEpochDue(Trainer trainer) {
    if (options.everyNEpochs() > 0 && (trainer.currentEpoch() + 1) % options.everyNEpochs() == 0) {
      keep(trainer);
    }
  }

  private void keep(Trainer trainer) {
    if (trainer.globalStep() == savedAtStep) {
      return;
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("epoch", (double) trainer.currentEpoch());
    metrics.put("step", (double) trainer.globalStep());
    metrics.putAll(trainer.callbackMetrics());
    Double score = score(trainer, metrics);
    if (options.monitor() != null && score == null) {
      return;
    }
    savedAtStep = trainer.globalStep();
    lastNanos = System.nanoTime();
    currentScore = score == null ? null : best.worth(score);
    // Without a monitor the newest is the best: each is better than all before.
    double rank = score == null ? -savedAtStep : score;
    boolean admitted = best.admits(rank);
    if (admitted) {
      keep(trainer, metrics, rank);
    }
    if (options.saveLast()) {
      keepLast(trainer, admitted);
    }
  }

  private void keep(Trainer trainer, Map<String, Double> metrics, double rank) {
    Optional<Path> leaving = best.leaving();
    Path path = free(name(metrics), leaving.orElse(null));
    best.add(path, rank);
    bestPath = best.best().orElse(path);
    trainer.saveCheckpoint(path, options.saveWeightsOnly());
    leaving.filter(old -> !old.equals(path)).ifPresent(trainer::removeCheckpoint);
  }

  /** The copy of what has just been written costs nothing: both names are one file. */
  private void keepLast(Trainer trainer, boolean admitted) {
    lastPath = folder.resolve(LAST + SUFFIX);
    if (!admitted || !Links.replace(lastPath, newest())) {
      trainer.saveCheckpoint(lastPath, options.saveWeightsOnly());
    }
  }

  private Path newest() {
    Path newest = null;
    for (Path path : best.scores().keySet()) {
      newest = path;
    }
    return newest;
  }

  private Double score(Trainer trainer, Map<String, Double> metrics) {
    if (options.monitor() == null || metrics.containsKey(options.monitor())) {
      return options.monitor() == null ? null : metrics.get(options.monitor());
    }
    if (trainer.validationBatches() > 0 && !validated) {
      if (!warnedOfMissing) {
        warnedOfMissing = true;
        LOG.warn(
            "no checkpoint yet: '{}' is not logged before the first validation", options.monitor());
      }
      return null;
    }
    throw missing(options.monitor(), metrics, "ModelCheckpoint");
  }

  static MisconfigurationException missing(
      String monitor, Map<String, Double> metrics, String asker) {
    String hint =
        Closest.to(monitor, metrics.keySet())
            .map("Did you mean '%s'?"::formatted)
            .orElse("Log it with log(\"%s\", …), or monitor another.".formatted(monitor));
    return new MisconfigurationException(
        "%s monitors '%s', which nobody has logged. Logged: %s."
            .formatted(asker, monitor, String.join(", ", metrics.keySet())),
        hint);
  }

  private String name(Map<String, Double> metrics) {
    String template = options.filename() == null ? "{epoch}-{step}" : options.filename();
    return new CheckpointName(template, options.autoInsertMetricName()).of(metrics);
  }

  /** A path that no file has yet; that of the one about to go may be taken. */
  private Path free(String name, Path leaving) {
    Path path = folder.resolve(name + SUFFIX);
    for (int version = 1; Files.exists(path) && !path.equals(leaving); version++) {
      path = folder.resolve("%s-v%d%s".formatted(name, version, SUFFIX));
    }
    return path;
  }

  @Override
  public String stateKey() {
    return "ModelCheckpoint{'monitor': %s, 'mode': '%s', 'every_n_train_steps': %d, 'every_n_epochs': %d}"
        .formatted(
            options.monitor() == null ? "None" : "'" + options.monitor() + "'",
            options.mode(),
            options.everyNTrainSteps(),
            options.everyNEpochs());
  }

  @Override
  public Map<String, Object> stateDict() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("monitor", options.monitor());
    state.put("best_model_score", bestModelScore().orElse(null));
    state.put("best_model_path", text(bestPath));
    state.put("current_score", currentScore);
    state.put("dirpath", text(folder));
    Map<String, Object> scores = new LinkedHashMap<>();
    best.scores().forEach((path, score) -> scores.put(path.toString(), score));
    state.put("best_k_models", scores);
    state.put("kth_best_model_path", text(best.worst().orElse(null)));
    state.put("kth_value", best.worst().map(best.scores()::get).orElse(null));
    state.put("last_model_path", text(lastPath));
    return state;
  }

  private static String text(Path path) {
    return path == null ? "" : path.toString();
  }

  @Override
  public void loadStateDict(Map<String, Object> state) {
    String path = String.valueOf(state.getOrDefault("best_model_path", ""));
    bestPath = path.isEmpty() ? null : Path.of(path);
    // In another folder the files of the former run are not this one's to remove.
    if (options.dirpath() != null
        && options.dirpath().toAbsolutePath().normalize().toString().equals(state.get("dirpath"))
        && state.get("best_k_models") instanceof Map<?, ?> scores) {
      scores.forEach(
          (file, score) -> best.add(Path.of(file.toString()), ((Number) score).doubleValue()));
      String last = String.valueOf(state.getOrDefault("last_model_path", ""));
      lastPath = last.isEmpty() ? null : Path.of(last);
    }
  }
}
