package io.levin.logger.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.logger.builtin.Series.Point;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private final Series series = new Series();

  @Test
  void aShortSeriesKeepsEveryPoint() {
    for (int step = 0; step < 1000; step++) {
      series.add(step, Math.sin(step));
    }
    assertThat(series.points()).hasSize(1000).contains(new Point(999, Math.sin(999)));
  }

  @Test
  void aLongSeriesStaysSmallAndKeepsItsPeaks() {
    for (int step = 0; step < 1_000_000; step++) {
      series.add(step, step == 123_456 ? 100 : step == 765_432 ? -100 : Math.sin(step));
    }
    assertThat(series.points())
        .hasSizeBetween(Series.MOST_POINTS / 2, Series.MOST_POINTS)
        .contains(new Point(123_456, 100), new Point(765_432, -100))
        .isSortedAccordingTo((a, b) -> Long.compare(a.step(), b.step()));
    assertThat(series.low()).isEqualTo(new Point(765_432, -100));
    assertThat(series.high()).isEqualTo(new Point(123_456, 100));
    assertThat(series.last()).isEqualTo(new Point(999_999, Math.sin(999_999)));
  }

  @Test
  void whatIsNotFiniteIsCountedAndNotDrawn() {
    series.add(1, 0.5);
    series.add(2, Double.NaN);
    series.add(3, Double.POSITIVE_INFINITY);
    assertThat(series.points()).containsExactly(new Point(1, 0.5));
    assertThat(series.notFinite()).isEqualTo(2);
    assertThat(series.firstNotFinite()).isEqualTo(2);
    assertThat(series.last().value()).isInfinite();
  }

  @Test
  void withNothingFiniteThereIsNoExtreme() {
    series.add(1, Double.NaN);
    assertThat(series.low()).isNull();
    assertThat(series.high()).isNull();
  }
}
