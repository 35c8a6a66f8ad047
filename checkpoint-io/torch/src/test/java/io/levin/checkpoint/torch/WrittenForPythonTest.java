package io.levin.checkpoint.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.levin.checkpoint.Checkpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written here, read by the real PyTorch, where Python has it. */
class WrittenForPythonTest {
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir private Path folder;
  private final TorchCheckpointIO io = new TorchCheckpointIO();

  @BeforeAll
  static void pythonHasTorch() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of(PYTHON))
            && new ProcessBuilder(PYTHON, "-c", "import torch").start().waitFor() == 0,
        "python3-torch is not installed");
  }

  static List<String> readable() {
    return GoldenCheckpointTest.readable().stream()
        // Objects of a class that this Python has not, or that become plain numbers on the way.
        .filter(name -> !name.contains("namespace") && !name.contains("onecycle"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("readable")
  void pythonReadsTheSameTree(String name) throws Exception {
    checked(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state_dict.pt", "dtypes.pt", "handmade-ok.pt"})
  void pythonReadsItWithWeightsOnly(String name) throws Exception {
    checked(name, "--safe");
  }

  private void checked(String name, String... options) throws Exception {
    Path written = folder.resolve("written.pt");
    try (Checkpoint checkpoint = io.load(Golden.FOLDER.resolve(name))) {
      io.save(checkpoint, written);
    }
    Path report = folder.resolve("report");
    List<String> command =
        new ArrayList<>(
            List.of(
                PYTHON,
                "src/test/resources/check_written.py",
                written.toString(),
                Golden.FOLDER.resolve(name + ".json").toString()));
    command.addAll(List.of(options));
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(report.toFile())
            .start()
            .waitFor();
    assertThat(code).as(Files.readString(report)).isZero();
  }
}
