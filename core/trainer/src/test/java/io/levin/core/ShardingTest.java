package io.levin.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.levin.checkpoint.safetensors.SafetensorsCheckpointIO;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

  @Test
  void aFolderThatTwoHaveWrittenIsTakenUpByFourAndByOne() throws IOException, InterruptedException {
    String line = "--precision 64 --plugins SafetensorsCheckpointIO";
    RankedRuns two =
        new RankedRuns(folder, 2)
            .add("kept", "--strategy fsdp " + line + " #8")
            .add("again", "--strategy fsdp " + line + " --ckpt-path @/kept-kept.safetensors.d")
            .run();
    assertThat(two.digests("again.safetensors.d")).isEqualTo(two.digests("kept.safetensors.d"));
    Path kept = two.folder().resolve("kept-kept.safetensors.d");
    try (Stream<Path> files = Files.list(kept)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "manifest.json",
              "shard-00001-model-00001-of-00002.safetensors",
              "shard-00001-model-00002-of-00002.safetensors",
              "shard-00002-model-00001-of-00002.safetensors",
              "shard-00002-model-00002-of-00002.safetensors");
    }
    new SafetensorsCheckpointIO().verify(kept);
    double[] rest = java.util.Arrays.copyOfRange(two.losses("kept"), 8, 18);
    for (int ranks : new int[] {1, 4}) {
      RankedRuns others =
          new RankedRuns(folder, ranks)
              .add("on", "--strategy ddp_sharded " + line + " --ckpt-path " + kept)
              .run();
      assertThat(others.losses("on")).as("by %d", ranks).containsExactly(rest, within(1e-10));
    }
  }

  @Test
  void partsTakeTheirShareOfTheMemory() throws IOException, InterruptedException {
    RankedRuns runs = new RankedRuns(folder, 2);
    for (String strategy : List.of("ddp", "ddp_sharded", "fsdp")) {
      runs.add(strategy, "--max-epochs 1 --strategy " + strategy);
    }
    runs.run();
    for (int rank = 0; rank < 2; rank++) {
      double whole = runs.held("ddp", rank);
      assertThat(runs.held("fsdp", rank) / whole).isLessThanOrEqualTo(0.6);
      assertThat(runs.held("ddp_sharded", rank) / whole).isLessThanOrEqualTo(0.7);
    }
  }
}
