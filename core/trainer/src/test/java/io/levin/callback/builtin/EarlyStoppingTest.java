package io.levin.callback.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** Lightning's own tables: the epoch, counted from 1, after which training ends. */
  @ParameterizedTest
  @CsvSource({
    "6 5 5 5 5 5, 3, , , 5",
    "6 5 4 4 3 3, 1, , , 4",
    "6 5 6 5 5 5, 3, , , 5",
    "8 4 2 3 4 5 8 10, 3, , , 6",
    "8 4 2 3 4 5 8 10, 9, 2.9, , 3",
    "8 4 2 3 4 5 8 16, 9, , 15.9, 8",
    "3 2 NaN 1, 9, , , 3"
  })
  void endsWhereLightningEnds(
      String losses, int patience, Double good, Double hopeless, int expected) {
    EarlyStopping stopping =
        new EarlyStopping(
            new EarlyStopping.Options(
                "loss", 0, patience, "min", true, true, good, hopeless, null));
    int epoch = 0;
    Optional<String> reason = Optional.empty();
    for (String loss : losses.split(" ")) {
      epoch++;
      reason = stopping.evaluate(Double.parseDouble(loss));
      if (reason.isPresent()) {
        break;
      }
    }
    assertThat(reason).isPresent();
    assertThat(epoch).isEqualTo(expected);
  }

  @Test
  void largerIsBetterWhenAskedFor() {
    EarlyStopping stopping =
        new EarlyStopping(
            new EarlyStopping.Options("acc", 0.1, 2, "max", true, true, 0.9, null, null));
    assertThat(feed(stopping, 0.5, 0.7, 0.75)).isEmpty();
    assertThat(stopping.evaluate(0.7)).get().asString().contains("did not get better than 0.7");
    assertThat(stopping.evaluate(0.95)).get().asString().contains("wanted");
  }
}
