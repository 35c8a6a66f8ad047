package io.levin.cli.ckpt;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointIO;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five checkpoints of a run whose second is the best, in both formats, among other things. */
class PruningTest {
  @TempDir private Path folder;
  private final TorchCheckpointIO torch = new TorchCheckpointIO();
  private final SafetensorsCheckpointIO safetensors = new SafetensorsCheckpointIO();
  private final Formats formats = new Formats(List.of(torch, safetensors));

  @BeforeEach
  void keep() throws IOException {
    for (int step = 1; step <= 5; step++) {
      CheckpointIO io = step % 2 == 0 ? safetensors : torch;
      Path path = folder.resolve("run/step=" + step + io.suffix());
      io.save(Checkpoint.of(tree(step)), path);
      Files.setLastModifiedTime(path, FileTime.fromMillis(step * 1000L));
    }
    Files.writeString(folder.resolve("run/notes.ckpt"), "not a checkpoint");
    Files.createDirectories(folder.resolve("run/folder.safetensors.d"));
    torch.save(Checkpoint.of(Map.of("n", 1L)), folder.resolve("run/exported.pt"));
  }

  private static Map<String, Object> tree(long step) {
    Tensor weight = Tensor.of(DType.FLOAT32, new long[] {999}, Bytes.of(new byte[4 * 999]));
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("monitor", "val_loss");
    state.put("best_model_path", "/somewhere/else/run/step=2.safetensors.d");
    return Map.of(
        "global_step",
        step,
        "callbacks",
        Map.of("ModelCheckpoint", state),
        "state_dict",
        Map.of("w", weight));
  }

  private String prune(int newest, boolean best, boolean isTrial) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Pruning(formats, newest, best, new PrintStream(out, true, StandardCharsets.UTF_8))
        .run(folder, isTrial);
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<String> steps() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("run"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("step"))
          .map(name -> name.replaceAll("step=(\\d).*", "$1"))
          .sorted()
          .toList();
    }
  }

  private void othersAreThere() {
    assertThat(folder.resolve("run/notes.ckpt")).hasContent("not a checkpoint");
    assertThat(folder.resolve("run/folder.safetensors.d")).isDirectory();
    assertThat(folder.resolve("run/exported.pt")).exists();
  }

  @Test
  void theNewestStay() throws IOException {
    assertThat(prune(2, false, false)).contains("3 of 5 checkpoints removed");
    assertThat(steps()).containsExactly("4", "5");
    othersAreThere();
  }

  @Test
  void theBestStaysToo() throws IOException {
    prune(1, true, false);
    assertThat(steps()).containsExactly("2", "5");
    prune(0, true, false);
    assertThat(steps()).containsExactly("2");
    othersAreThere();
  }

  @Test
  void aTrialRemovesNothing() throws IOException {
    assertThat(prune(1, false, true))
        .contains("would remove", "step=1.ckpt", "step=2.safetensors.d")
        .doesNotContain("step=5");
    assertThat(steps()).hasSize(5);
  }

  @Test
  void twoNamesOfOneCountAsOne() throws IOException {
    torch.link(folder.resolve("run/step=5.ckpt"), folder.resolve("run/last.ckpt"));
    assertThat(prune(2, false, false)).contains("3 of 6");
    assertThat(folder.resolve("run/last.ckpt")).exists();
    assertThat(steps()).containsExactly("4", "5");
    safetensors.link(
        folder.resolve("run/step=4.safetensors.d"), folder.resolve("run/last.safetensors.d"));
    assertThat(prune(2, false, false)).contains("0 of 4");
  }

  @Test
  void whatIsDamagedStaysAndIsNamed() throws IOException {
    Path newest = folder.resolve("run/step=5.ckpt");
    byte[] whole = Files.readAllBytes(newest);
    Files.write(newest, java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThat(prune(1, false, false)).contains("damaged", "step=5.ckpt", "3 of 5");
    assertThat(steps()).containsExactly("4", "5");
  }

  @Test
  void withoutABestNothingIsRemovedForIt() throws IOException {
    for (int step = 1; step <= 5; step++) {
      CheckpointIO io = step % 2 == 0 ? safetensors : torch;
      io.save(
          Checkpoint.of(Map.of("global_step", step)),
          folder.resolve("run/step=" + step + io.suffix()));
    }
    assertThat(prune(0, true, false)).contains("knows no best", "0 of 5");
    assertThat(steps()).hasSize(5);
  }
}
