package io.levin.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training goes the same way whatever is kept in parts, and by how many processes. */
class ShardingTest {
  private static final List<String> STRATEGIES = List.of("ddp", "ddp_sharded", "fsdp");

  /** What runs are made with, and how far apart their losses may be. */
  private static final Map<String, Double> RUNS =
      new LinkedHashMap<>(
          Map.of(
              "--precision 64", 1e-10,
              "--precision 32 --gradient-clip-val 0.3", 1e-5,
              "--precision 64 --accumulate-grad-batches 2", 1e-10));

  @TempDir private Path folder;

  @Test
  void oneTwoAndFourProcessesHaveTheSameLosses() throws IOException, InterruptedException {
    List<String> lines = List.copyOf(RUNS.keySet());
    RankedRuns one = new RankedRuns(folder, 1);
    for (int i = 0; i < lines.size(); i++) {
      one.add("single" + i, lines.get(i));
    }
    one.run();
    for (int ranks : new int[] {2, 4}) {
      RankedRuns several = new RankedRuns(folder, ranks);
      for (int i = 0; i < lines.size(); i++) {
        for (String strategy : STRATEGIES) {
          several.add(strategy + i, "--strategy " + strategy + " " + lines.get(i));
        }
      }
      several.run();
      for (int i = 0; i < lines.size(); i++) {
        for (String strategy : STRATEGIES) {
          assertThat(several.losses(strategy + i))
              .as("%s on %d, %s", strategy, ranks, lines.get(i))
              .hasSize(18)
              .containsExactly(one.losses("single" + i), within(RUNS.get(lines.get(i))));
        }
      }
    }
  }

  @Test
  void trainingGoesOnWithTheSameBitsAlsoFromAnotherStrategysCheckpoint()
      throws IOException, InterruptedException {
    RankedRuns runs = new RankedRuns(folder, 2);
    for (String precision : List.of("32", "bf16", "16")) {
      for (String strategy : STRATEGIES) {
        String line = "--strategy " + strategy + " --precision " + precision;
        runs.add(strategy + precision, line + " #8");
        runs.add(
            strategy + precision + "-resumed",
            line + " --ckpt-path @/" + strategy + precision + "-kept.ckpt");
      }
      runs.add(
          "moved" + precision,
          "--strategy fsdp --precision "
              + precision
              + " --ckpt-path @/ddp"
              + precision
              + "-kept.ckpt");
    }
    runs.run();
    for (String precision : List.of("32", "bf16", "16")) {
      Map<String, String> expected = runs.digests("ddp" + precision + ".ckpt");
      for (String strategy : STRATEGIES) {
        Map<String, String> straight = runs.digests(strategy + precision + ".ckpt");
        assertThat(runs.digests(strategy + precision + "-resumed.ckpt")).isEqualTo(straight);
        assertThat(straight.keySet()).isEqualTo(expected.keySet());
      }
      assertThat(runs.digests("moved" + precision + ".ckpt").keySet()).isEqualTo(expected.keySet());
      assertThat(runs.losses("moved" + precision))
          .containsExactly(
              java.util.Arrays.copyOfRange(runs.losses("ddp" + precision), 8, 18), within(1e-5));
    }
  }
}
