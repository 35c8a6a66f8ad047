package io.levin.callback.builtin;

import io.levin.checkpoint.Storages;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The checkpoints that one ModelCheckpoint has kept: the best, the last, and the state under
 * Lightning's keys. Writes and removes nothing itself.
 */
final class KeptCheckpoints {
  private final String monitor;
  private final int most;
  private final boolean smallerIsBetter;
  private final BestK best;
  private Path folder;
  private Path bestPath;
  private Path newestPath;
  private Path lastPath;
  private Double currentScore;

  /**
   * @param monitor null when the newest is the best
   */
  KeptCheckpoints(String monitor, boolean smallerIsBetter, int most) {
    this.monitor = monitor;
    this.most = most;
    this.smallerIsBetter = smallerIsBetter;
    this.best = new BestK(most, monitor == null || smallerIsBetter);
  }

  Path folder() {
    return folder;
  }

  void folder(Path newFolder) {
    folder = newFolder;
  }

  void last(Path path) {
    lastPath = path;
  }

  Path newest() {
    return newestPath;
  }

  Optional<Path> bestPath() {
    return Optional.ofNullable(bestPath);
  }

  Optional<Double> bestScore() {
    return monitor == null ? Optional.empty() : bestPath().map(best.scores()::get);
  }

  Optional<Path> lastPath() {
    return Optional.ofNullable(lastPath);
  }

  /**
   * Whether a checkpoint is to be kept among the best.
   *
   * @param score value of the metric; without a monitor, anything
   * @param step without a monitor, what makes each better than all before
   */
  boolean admits(double score, long step) {
    return best.admits(rank(score, step));
  }

  private double rank(double score, long step) {
    return monitor == null ? -step : score;
  }

  /** Notes what the metric is now, whether or not anything is kept. */
  void current(double score) {
    currentScore = monitor == null ? null : (Double) best.worth(score);
  }

  /** The one that goes when another comes; its name may be taken again. */
  Optional<Path> leaving() {
    return best.leaving();
  }

  boolean contains(Path path) {
    return best.scores().containsKey(path);
  }

  void add(Path path, double score, long step) {
    best.add(path, rank(score, step));
    newestPath = path;
    bestPath = best.best().orElse(path);
  }

  Map<String, Object> state() {
    Map<String, Object> scores = new LinkedHashMap<>();
    Optional<Path> kth = monitor == null ? Optional.empty() : best.worst();
    if (monitor != null) {
      best.scores().forEach((path, score) -> scores.put(path.toString(), score));
    }
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("monitor", monitor);
    state.put("best_model_score", bestScore().orElse(null));
    state.put("best_model_path", text(bestPath));
    state.put("current_score", currentScore);
    state.put("dirpath", text(folder));
    state.put("best_k_models", scores);
    state.put("kth_best_model_path", text(kth.orElse(null)));
    state.put("kth_value", kth.map(best.scores()::get).orElse(worst()));
    state.put("last_model_path", text(lastPath));
    return state;
  }

  private double worst() {
    return smallerIsBetter ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  /**
   * Takes over the state of a former run: all of it in the same folder, else only which was best,
   * as that run's files are not this one's to remove.
   *
   * @return whether the folder is the same
   */
  boolean restore(Map<String, Object> state) {
    bestPath = path(state.get("best_model_path"));
    if (folder == null || !folder.equals(path(state.get("dirpath")))) {
      return false;
    }
    lastPath = path(state.get("last_model_path"));
    if (state.get("best_k_models") instanceof Map<?, ?> scores) {
      scores.forEach(
          (file, score) -> {
            newestPath = path(file);
            best.add(newestPath, Monitor.number(score, Double.NaN));
          });
    }
    if (monitor == null && most == 1 && bestPath != null) {
      newestPath = bestPath;
      best.add(bestPath, Double.NaN);
    }
    return true;
  }

  private static Path path(Object text) {
    return text == null || text.toString().isEmpty() ? null : Storages.path(text.toString());
  }

  private static String text(Path path) {
    return path == null ? "" : path.toString();
  }
}
