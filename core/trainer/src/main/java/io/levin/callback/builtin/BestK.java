package io.levin.callback.builtin;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The k best checkpoints so far and their scores; a score that is no number is the worst. */
final class BestK {
  private final int most;
  private final boolean smallerIsBetter;
  private final Map<Path, Double> scores = new LinkedHashMap<>();

  /**
   * @param most how many to keep; -1 for all, 0 for none
   */
  BestK(int most, boolean smallerIsBetter) {
    this.most = most;
    this.smallerIsBetter = smallerIsBetter;
  }

  double worth(double score) {
    return Double.isNaN(score)
        ? (smallerIsBetter ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY)
        : score;
  }

  /** Whether a checkpoint of this score is to be kept. */
  boolean admits(double score) {
    if (most == 0) {
      return false;
    }
    return most < 0 || scores.size() < most || better(worth(score), scores.get(worst().get()));
  }

  /** The checkpoint that goes when one more comes; nothing while there is room. */
  Optional<Path> leaving() {
    return most > 0 && scores.size() >= most ? worst() : Optional.empty();
  }

  void add(Path path, double score) {
    leaving().ifPresent(scores::remove);
    scores.put(path, worth(score));
  }

  Optional<Path> best() {
    return scores.keySet().stream().reduce((a, b) -> better(scores.get(b), scores.get(a)) ? b : a);
  }

  /** Of equally bad ones, the oldest. */
  Optional<Path> worst() {
    return scores.keySet().stream().reduce((a, b) -> better(scores.get(a), scores.get(b)) ? b : a);
  }

  private boolean better(double one, double other) {
    return smallerIsBetter ? one < other : one > other;
  }

  Map<Path, Double> scores() {
    return scores;
  }
}
