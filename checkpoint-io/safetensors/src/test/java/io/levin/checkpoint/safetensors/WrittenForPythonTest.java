package io.levin.checkpoint.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written here, read by the reference implementation, where a Python has it. */
class WrittenForPythonTest {
  private static String python;

  @TempDir private Path folder;
  private final SafetensorsCheckpointIO io = new SafetensorsCheckpointIO();

  @BeforeAll
  static void pythonHasSafetensors() throws Exception {
    for (String candidate :
        Stream.of(System.getenv("LEVIN_TEST_PYTHON"), "/usr/bin/python3", "python3")
            .filter(name -> name != null)
            .toList()) {
      if (python == null && has(candidate)) {
        python = candidate;
      }
    }
    assumeTrue(python != null, "no Python here has torch and safetensors");
  }

  private static boolean has(String python) throws InterruptedException {
    try {
      return new ProcessBuilder(python, "-c", "import torch, safetensors")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"lightning-1.9.5-adam-steplr.ckpt", "lightning-2.2.5-weights-only.ckpt"})
  void theModelOfAFolderIsReadByPython(String name) throws Exception {
    Path real = Path.of("../torch/src/test/resources/golden").resolve(name);
    Path kept = folder.resolve("kept");
    try (Checkpoint checkpoint = new TorchCheckpointIO().load(real)) {
      io.save(checkpoint, kept);
      Map<?, ?> weights = (Map<?, ?>) ((Map<?, ?>) checkpoint.root()).get("state_dict");
      same(weights, read(kept.resolve("model.safetensors")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"every-dtype", "names"})
  void aSingleFileIsReadByPython(String name) throws Exception {
    Path written = folder.resolve("written.safetensors");
    try (Checkpoint checkpoint = io.load(Reference.FOLDER.resolve(name + ".safetensors"))) {
      io.save(checkpoint, written);
      same((Map<?, ?>) checkpoint.root(), read(written));
    }
  }

  private static void same(Map<?, ?> expected, JsonNode found) {
    assertThat(found).hasSize(expected.size());
    expected.forEach(
        (name, value) -> {
          Tensor tensor = (Tensor) value;
          JsonNode theirs = found.path((String) name);
          assertThat(theirs.path("dtype").asText()).isEqualTo(tensor.dtype().label());
          assertThat(theirs.path("shape")).hasSize(tensor.shape().length);
          assertThat(theirs.path("sha256").asText()).isEqualTo(Digest.sha256(tensor));
        });
  }

  private JsonNode read(Path file) throws Exception {
    Path report = folder.resolve("report");
    int code =
        new ProcessBuilder(List.of(python, "src/test/resources/check_written.py", file.toString()))
            .redirectOutput(report.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    assertThat(code).isZero();
    return new ObjectMapper().readTree(Files.readString(report));
  }
}
