package io.levin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes train as one would, and each of them like all others. */
class SameNumbersIT {
  private static final List<String> GOLDEN =
      List.of(
          "sgd-none-acc1-64",
          "adam-norm0.5-acc4-64",
          "adamw-norm0.5-acc1-64",
          "adam-norm0.5-acc1-32");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void theSameGlobalBatchGivesLightningsLosses(int size) throws Exception {
    try (Ranks ranks = new Ranks(folder).start("golden", size, GOLDEN.toArray(String[]::new))) {
      ranks.succeed();
      for (String name : GOLDEN) {
        double tolerance = name.endsWith("32") ? 1e-5 : 1e-10;
        GoldenRun run = GoldenRun.read(name);
        double[] losses = new double[run.run().get("losses").size()];
        for (int rank = 0; rank < size; rank++) {
          List<String> said = ranks.values(rank, "loss " + name);
          assertThat(said).as(ranks.said(rank)).hasSize(losses.length);
          for (int i = 0; i < losses.length; i++) {
            losses[i] += Double.parseDouble(said.get(i)) / size;
          }
          assertThat(ranks.values(rank, "sum " + name)).isEqualTo(ranks.values(0, "sum " + name));
        }
        for (int i = 0; i < losses.length; i++) {
          assertThat(losses[i])
              .as("%s, batch %d", name, i)
              .isEqualTo(run.run().get("losses").get(i).asDouble(), within(tolerance));
        }
      }
    }
  }

  @Test
  void replicasAreBitwiseEqualAfterAThousandSteps() throws Exception {
    try (Ranks ranks = new Ranks(folder).start("long", 2)) {
      ranks.succeed();
      assertThat(ranks.values(0, "steps")).containsExactly("1000");
      same(ranks);
    }
  }

  /** With dropout, of which each rank has its own, and a stop within an epoch. */
  @Test
  void aRunInTwoPartsEndsWithTheSameBits() throws Exception {
    try (Ranks ranks = new Ranks(folder).start("resume", 2)) {
      ranks.succeed();
      same(ranks);
      List<String> weights = ranks.values(0, "weights");
      assertThat(ranks.values(0, "steps")).containsExactly("24", "17", "24");
      assertThat(weights.get(2)).isEqualTo(weights.get(0)).isNotEqualTo(weights.get(1));
    }
  }

  @Test
  void aParameterUsedBySomeRanksHasAGradientOfZeroOnTheOthers() throws Exception {
    try (Ranks ranks = new Ranks(folder).start("unused", 2, "ddp")) {
      ranks.succeed();
      same(ranks);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void everySampleCountsOnceInAnEvaluation(int size) throws Exception {
    try (Ranks ranks = new Ranks(folder).start("evaluate", size)) {
      ranks.succeed();
      for (int rank = 0; rank < size; rank++) {
        assertThat(Double.parseDouble(ranks.values(rank, "mean").get(0)))
            .isEqualTo(18, within(1e-9));
        assertThat(ranks.values(rank, "rows")).containsExactly("37");
      }
    }
  }

  private static void same(Ranks ranks) throws IOException {
    assertThat(ranks.values(0, "weights")).isNotEmpty().isEqualTo(ranks.values(1, "weights"));
  }
}
