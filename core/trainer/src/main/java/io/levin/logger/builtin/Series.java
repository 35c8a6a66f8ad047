package io.levin.logger.builtin;

import java.util.ArrayList;
import java.util.List;

/** The values of one metric over steps; a long one is thinned, its peaks stay. */
final class Series {
  private static final int MOST = 4000;

  /** A value at a step. */
  record Point(long step, double value) {}

  private List<Point> points = new ArrayList<>();

  void add(long step, double value) {
    points.add(new Point(step, value));
    if (points.size() > MOST) {
      thin();
    }
  }

  /** Of every four points keeps the least and the greatest, in their order. */
  private void thin() {
    List<Point> kept = new ArrayList<>(MOST / 2 + 2);
    for (int i = 0; i + 4 <= points.size(); i += 4) {
      Point least = points.get(i);
      Point greatest = points.get(i);
      for (Point point : points.subList(i, i + 4)) {
        least = point.value() < least.value() ? point : least;
        greatest = point.value() >= greatest.value() ? point : greatest;
      }
      kept.add(least.step() <= greatest.step() ? least : greatest);
      if (least != greatest) {
        kept.add(least.step() <= greatest.step() ? greatest : least);
      }
    }
    kept.addAll(points.subList(points.size() - points.size() % 4, points.size()));
    points = kept;
  }

  List<Point> points() {
    return points;
  }

  double last() {
    return points.get(points.size() - 1).value();
  }
}
