package io.levin.callback.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BestKTest {
  /** Lightning's own table: losses of five epochs, and which epochs are kept. */
  @ParameterizedTest
  @CsvSource({"-1, 0 1 2 3 4", "0, ''", "1, 4", "2, 2 4", "3, 2 3 4", "4, 1 2 3 4"})
  void keepsTheBest(int most, String expected) {
    BestK best = new BestK(most, true);
    double[] losses = {10, 9, 2.8, 5, 2.5};
    for (int epoch = 0; epoch < losses.length; epoch++) {
      if (best.admits(losses[epoch])) {
        best.add(Path.of("" + epoch), losses[epoch]);
      }
    }
    Set<String> kept = new TreeSet<>();
    best.scores().keySet().forEach(path -> kept.add(path.toString()));
    assertThat(kept)
        .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
  }

  @Test
  void noNumberIsTheWorstAndReplaceable() {
    BestK best = new BestK(1, false);
    best.add(Path.of("nan"), Double.NaN);
    assertThat(best.admits(-5)).isTrue();
    best.add(Path.of("b"), -5);
    assertThat(best.admits(Double.NaN)).isFalse();
    assertThat(best.best()).contains(Path.of("b"));
    assertThat(best.scores()).hasSize(1);
  }

  @Test
  void equalIsNotBetter() {
    BestK best = new BestK(1, true);
    best.add(Path.of("a"), 1);
    assertThat(best.admits(1)).isFalse();
  }
}
