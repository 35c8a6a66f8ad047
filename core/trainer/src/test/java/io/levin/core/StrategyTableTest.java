package io.levin.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of strategies, precisions and formats is what comes of two processes running them. */
class StrategyTableTest {
  private static final Path PAGE = Path.of("../../docs/strategy-table.md");

  private static final List<String> STRATEGIES =
      List.of(
          "ddp",
          "ddp_sharded",
          "fsdp",
          "deepspeed_stage_1",
          "deepspeed_stage_2",
          "deepspeed_stage_3");

  private static final List<String> PRECISIONS = List.of("32", "64", "16", "bf16", "bf16-true");

  /** Formats, and what asks for them. */
  private static final Map<String, String> FORMATS = new LinkedHashMap<>();

  static {
    FORMATS.put(".ckpt", "TorchCheckpointIO");
    FORMATS.put(".safetensors.d", "SafetensorsCheckpointIO");
  }

  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();

  private static String name(String strategy, String precision, String format) {
    return "%s-%s-%s".formatted(strategy, precision, FORMATS.get(format));
  }

  private RankedRuns run() throws IOException, InterruptedException {
    RankedRuns runs = new RankedRuns(folder, 2);
    for (String strategy : STRATEGIES) {
      for (String precision : PRECISIONS) {
        for (String format : FORMATS.keySet()) {
          String name = name(strategy, precision, format);
          String line =
              "--strategy %s --precision %s --plugins %s --max-epochs 1"
                  .formatted(strategy, precision, FORMATS.get(format));
          runs.add(name, line + " #3");
          runs.add(name + "-resumed", line + " --ckpt-path @/" + name + "-kept" + format);
        }
      }
    }
    return runs.run();
  }

  private String cell(RankedRuns runs, String strategy, String precision, String format)
      throws IOException {
    String name = name(strategy, precision, format);
    if (runs.refusal(name).isPresent()) {
      String note = runs.refusal(name).get().replaceAll("\\s+", " ").strip();
      if (!notes.contains(note)) {
        notes.add(note);
      }
      return "no (%d)".formatted(notes.indexOf(note) + 1);
    }
    double[] losses = runs.losses(name);
    assertThat(losses).as(name).hasSize(6).doesNotContain(Double.NaN);
    double[] expected = runs.losses(name("ddp", precision, format));
    double far = precision.equals("64") ? 1e-10 : precision.equals("32") ? 1e-5 : 1e-2;
    assertThat(losses)
        .as(name)
        .containsExactly(expected, org.assertj.core.api.Assertions.within(far));
    assertThat(runs.digests(name + "-resumed" + format))
        .as(name)
        .isEqualTo(runs.digests(name + format));
    return "yes";
  }

  private String page(RankedRuns runs) throws IOException {
    StringBuilder page =
        new StringBuilder(
            """
            # Strategies, precisions and formats of checkpoints

            Written by running it (`StrategyTableTest`): two processes train six steps, keep a checkpoint after three, and train on from it
            in a second run. *yes*: the losses are those of ddp in that precision (64: within 1e-10, 32: 1e-5, 16 bits: 1e-2), and both runs end
            with the same bits. *no*: the plan refuses, as noted below.

            """);
    page.append("| strategy | precision | ").append(String.join(" | ", FORMATS.keySet()));
    page.append(" |\n").append("|---".repeat(FORMATS.size() + 2)).append("|\n");
    for (String strategy : STRATEGIES) {
      for (String precision : PRECISIONS) {
        page.append("| %s | %s |".formatted(strategy, precision));
        for (String format : FORMATS.keySet()) {
          page.append(" ").append(cell(runs, strategy, precision, format)).append(" |");
        }
        page.append("\n");
      }
    }
    for (int i = 0; i < notes.size(); i++) {
      page.append("\n(%d) %s".formatted(i + 1, notes.get(i)));
    }
    return page.append(
            """


            Formats: `.ckpt` is TorchCheckpointIO, one file that rank 0 writes; `.safetensors.d` is SafetensorsCheckpointIO, a folder that
            all ranks write where state is in parts. ddp_spawn and ddp_sharded_spawn are
            ddp and ddp_sharded under another name; deepspeed is stage 2, unless its configuration says otherwise. On a CPU 16 is bf16, with a
            warning, but for DeepSpeed's, which is float16 with its loss scaler.
            """)
        .toString();
  }

  @Test
  void thePageSaysWhatComesOfRunningThem() throws IOException, InterruptedException {
    String page = page(run());
    if (Boolean.getBoolean("levin.update.docs")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page)
        .as("rewrite it with -Dlevin.update.docs=true")
        .isEqualTo(Files.readString(PAGE));
  }
}
