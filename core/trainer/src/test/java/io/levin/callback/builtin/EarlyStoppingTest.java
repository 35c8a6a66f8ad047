package io.levin.callback.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
  private static Optional<String> feed(EarlyStopping stopping, double... values) {
    Optional<String> reason = Optional.empty();
    for (double value : values) {
      assertThat(reason).isEmpty();
      reason = stopping.evaluate(value);
    }
    return reason;
  }

  private static EarlyStopping stopping(double minDelta, Double good, Double hopeless) {
    return new EarlyStopping(
        new EarlyStopping.Options("loss", minDelta, 3, "min", true, true, good, hopeless, null));
  }

  @Test
  void stopsAfterSoManyChecksWithoutImprovement() {
    assertThat(feed(stopping(0, null, null), 5, 4, 4, 4.5)).isEmpty();
    assertThat(feed(stopping(0, null, null), 5, 4, 4, 4.5, 6)).isPresent();
    assertThat(feed(stopping(0, null, null), 5, 4, 4, 4.5, 3, 3, 3)).isEmpty();
  }

  @Test
  void smallChangesDoNotCount() {
    assertThat(feed(stopping(0.5, null, null), 5, 4.9, 4.8, 4.7)).isPresent();
  }

  @Test
  void valuesThatAreNotFiniteAndThresholdsStopAtOnce() {
    assertThat(feed(stopping(0, null, null), Double.NaN)).get().asString().contains("NaN");
    assertThat(feed(stopping(0, 1.0, null), 2, 0.5)).get().asString().contains("wanted");
    assertThat(feed(stopping(0, null, 9.0), 2, 10)).get().asString().contains("worse");
  }

  @Test
  void stateIsRestored() {
    EarlyStopping first = stopping(0, null, null);
    feed(first, 5, 4, 4, 4);
    EarlyStopping second = stopping(0, null, null);
    second.loadStateDict(first.stateDict());
    assertThat(feed(second, 4)).isPresent();
  }
}
