package io.levin.it.osgi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.TensorPaths;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job as a user runs it. */
class FitIT {
  @TempDir Path folder;

  private String[] command(String... more) {
    List<String> command =
        new ArrayList<>(
            List.of("fit", "class-names", "--default-root-dir", folder + "/a folder", "--seed=5"));
    command.addAll(List.of(more));
    return command.toArray(String[]::new);
  }

  private Path run(int version) {
    return folder.resolve("a folder/levin_runs/version_" + version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"32", "64", "bf16"})
  void learnsTheModulesOfClassNames(String precision) throws IOException {
    Levin.Outcome outcome =
        Levin.built().run(command("--max-epochs=2", "--precision=" + precision));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("java.base", "Right: ");
    // Nothing but plain lines where no terminal is.
    assertThat(outcome.err()).contains("epoch 2/2").doesNotContain("\r", "\u001b");
    JsonNode summary = new ObjectMapper().readTree(run(0).resolve("summary.json").toFile());
    assertThat(summary.at("/metrics/val_acc").asDouble()).isGreaterThan(0.75);
    assertThat(summary.at("/plan/precision").asText()).isEqualTo(precision);
    assertThat(Path.of(summary.at("/checkpoints/0").asText())).exists();
    assertThat(run(0).resolve("report.html")).exists();
    assertThat(run(0).resolve("metrics.csv")).content().contains("val_acc");
  }

  @Test
  void aRunThatWasInterruptedGoesOnToTheSameBits() throws Exception {
    assertThat(Levin.built().run(command("--max-epochs=6")).code()).isZero();
    Process process = Levin.built().start(command("--max-epochs=6"));
    try (BufferedReader err =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
      String line = err.readLine();
      while (line != null && !line.contains("epoch 1/6")) {
        line = err.readLine();
      }
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(err.lines().toList()).anyMatch(text -> text.contains("--ckpt-path last"));
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
    } finally {
      process.destroyForcibly();
    }
    Levin.Outcome rest = Levin.built().run(command("--max-epochs=6", "--ckpt-path=last"));
    assertThat(rest.code()).as(rest.err()).isZero();
    assertThat(rest.err()).contains("resuming from").doesNotContain("epoch 1/6");
    assertThat(weights(run(2))).isEqualTo(weights(run(0)));
  }

  private static Map<String, String> weights(Path run) throws IOException {
    Path file;
    try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
      file = files.filter(path -> path.toString().contains("epoch=5")).findFirst().orElseThrow();
    }
    Map<String, String> digests = new LinkedHashMap<>();
    try (Checkpoint checkpoint = new TorchCheckpointIO().load(file)) {
      TensorPaths.of(checkpoint.root())
          .forEach((name, tensor) -> digests.put(name, Digest.sha256(tensor)));
    }
    assertThat(digests).hasSizeGreaterThan(10);
    return digests;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SafetensorsCheckpointIO", "AsyncCheckpointIO:inner=SafetensorsCheckpointIO"})
  void aRunThatKeepsFoldersGoesOnFromThem(String plugin) throws IOException {
    String keeps = "--plugins=" + plugin;
    assertThat(Levin.built().run(command("--max-epochs=1", keeps)).code()).isZero();
    Levin.Outcome rest = Levin.built().run(command("--max-epochs=2", "--ckpt-path=last", keeps));
    assertThat(rest.code()).as(rest.err()).isZero();
    assertThat(rest.err()).contains("resuming from").doesNotContain("epoch 1/2");
    JsonNode summary = new ObjectMapper().readTree(run(1).resolve("summary.json").toFile());
    assertThat(summary.at("/checkpoints/0").asText()).endsWith("epoch=1-step=150.safetensors.d");
    Path kept = Path.of(summary.at("/checkpoints/0").asText());
    assertThat(kept.resolve("model.safetensors")).isRegularFile();
    assertThat(Levin.built().run("ckpt", "verify", kept.toString()).code()).isZero();
    // Without the plugin they are found and read all the same.
    assertThat(
            Levin.built()
                .run(
                    "validate",
                    "class-names",
                    "--default-root-dir",
                    folder + "/a folder",
                    "--ckpt-path=last")
                .code())
        .isZero();
  }

  @Test
  void aFailureLeavesNoFolder() {
    Levin.Outcome outcome = Levin.built().run(command("--ckpt-path=nothing.ckpt"));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .contains("There is no checkpoint 'nothing.ckpt'")
        .doesNotContain("\tat ");
    assertThat(run(0)).doesNotExist();
  }
}
