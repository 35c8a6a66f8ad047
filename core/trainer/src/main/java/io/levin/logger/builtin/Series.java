package io.levin.logger.builtin;

import java.util.ArrayList;
import java.util.List;

/**
 * One metric's values, thinned out as they come: neighbours share a bucket that keeps its lowest
 * and its highest point, so peaks survive and memory is bounded however long the run.
 */
final class Series {
  static final int MOST_POINTS = 2000;
  private static final int MOST_BUCKETS = MOST_POINTS / 2;

  record Point(long step, double value) {}

  /** Neighbouring points: how many, and the extreme ones. */
  private record Bucket(long count, Point low, Point high) {
    Bucket plus(Bucket other) {
      return new Bucket(
          count + other.count,
          other.low.value < low.value ? other.low : low,
          other.high.value > high.value ? other.high : high);
    }
  }

  private List<Bucket> buckets = new ArrayList<>();
  private long width = 1;
  private Point last;
  private long notFinite;
  private long firstNotFinite = -1;

  void add(long step, double value) {
    last = new Point(step, value);
    if (!Double.isFinite(value)) {
      firstNotFinite = notFinite++ == 0 ? step : firstNotFinite;
      return;
    }
    Bucket one = new Bucket(1, last, last);
    int end = buckets.size() - 1;
    if (end >= 0 && buckets.get(end).count < width) {
      buckets.set(end, buckets.get(end).plus(one));
      return;
    }
    if (buckets.size() == MOST_BUCKETS) {
      halve();
    }
    buckets.add(one);
  }

  private void halve() {
    List<Bucket> wider = new ArrayList<>(MOST_BUCKETS);
    for (int i = 0; i < buckets.size(); i += 2) {
      wider.add(buckets.get(i).plus(buckets.get(i + 1)));
    }
    buckets = wider;
    width *= 2;
  }

  /** At most {@link #MOST_POINTS} points, by step; only finite ones. */
  List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (Bucket bucket : buckets) {
      boolean lowFirst = bucket.low.step <= bucket.high.step;
      points.add(lowFirst ? bucket.low : bucket.high);
      if (bucket.low != bucket.high) {
        points.add(lowFirst ? bucket.high : bucket.low);
      }
    }
    return points;
  }

  /** The lowest finite point; null if there is none. */
  Point low() {
    return buckets.stream().reduce(Bucket::plus).map(Bucket::low).orElse(null);
  }

  /** The highest finite point; null if there is none. */
  Point high() {
    return buckets.stream().reduce(Bucket::plus).map(Bucket::high).orElse(null);
  }

  /** The newest value, finite or not; null before the first. */
  Point last() {
    return last;
  }

  /** How many values were not a number or infinite. */
  long notFinite() {
    return notFinite;
  }

  /** The step of the first value that was not finite; -1 if all are. */
  long firstNotFinite() {
    return firstNotFinite;
  }
}
