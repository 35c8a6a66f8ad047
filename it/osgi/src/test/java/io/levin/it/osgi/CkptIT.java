package io.levin.it.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code levin ckpt} on files of the real PyTorch. */
class CkptIT {
  private static final Path GOLDEN = Path.of("../../checkpoint-io/torch/src/test/resources/golden");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private static Levin.Outcome ckpt(String action, Path... files) {
    String[] words = new String[files.length + 2];
    words[0] = "ckpt";
    words[1] = action;
    for (int i = 0; i < files.length; i++) {
      words[i + 2] = files[i].toString();
    }
    return Levin.built().run(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lightning-1.9.5-adam-steplr.ckpt", "state_dict-legacy.pt", "dtypes.pt"})
  void showsWhatPythonSaysIsThere(String name) throws IOException {
    Path file = GOLDEN.resolve(name);
    Levin.Outcome shown = Levin.built().run("ckpt", "show", file.toString(), "--json");
    assertThat(shown.code()).as(shown.err()).isZero();
    JsonNode ours = JSON.readTree(shown.out());
    JsonNode theirs = JSON.readTree(Path.of(file + ".json").toFile()).path("tensors");
    assertThat(ours.path("format").asText()).isEqualTo("torch");
    assertThat(ours.path("tensors")).hasSameSizeAs(theirs);
    theirs
        .fields()
        .forEachRemaining(
            entry -> {
              JsonNode tensor = ours.path("tensors").path(entry.getKey());
              for (String key : new String[] {"dtype", "shape", "sha256"}) {
                assertThat(tensor.path(key)).isEqualTo(entry.getValue().path(key));
              }
            });
  }

  @Test
  void damageIsFoundAndSaysWhere() {
    Levin.Outcome outcome =
        ckpt("verify", GOLDEN.resolve("bad-crc.pt"), GOLDEN.resolve("views.pt"));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).contains("byte 1152", "CRC-32", "ok ");
  }

  @Test
  void aConvertedFileIsTheSame() {
    Path old = GOLDEN.resolve("state_dict-legacy.pt");
    Path converted = folder.resolve("new.ckpt");
    assertThat(ckpt("convert", old, converted).code()).isZero();
    assertThat(ckpt("diff", old, converted).code()).isZero();
    Levin.Outcome other = ckpt("diff", old, GOLDEN.resolve("dtypes.pt"));
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.out()).contains("only in the first", "only in the other");
    assertThat(ckpt("ls", folder).out()).contains("new.ckpt");
  }

  @Test
  void foldersAndSingleFilesOfSafetensorsAreCheckpointsToo() throws IOException {
    Path real = GOLDEN.resolve("lightning-2.2.5-weights-only.ckpt");
    Path kept = folder.resolve("kept.safetensors.d");
    Path weights = folder.resolve("weights.safetensors");
    Path back = folder.resolve("back.ckpt");
    for (Path[] step : new Path[][] {{real, kept}, {kept, weights}, {kept, back}}) {
      Levin.Outcome converted = ckpt("convert", step[0], step[1]);
      assertThat(converted.code()).as(converted.err()).isZero();
    }
    assertThat(ckpt("diff", real, back).code()).isZero();
    assertThat(ckpt("diff", real, kept).code()).isZero();
    assertThat(ckpt("verify", kept, weights, back).out()).hasLineCount(3).doesNotContain("damaged");
    assertThat(ckpt("show", weights).out()).contains("float32");
    JsonNode shown = JSON.readTree(Levin.built().run("ckpt", "show", kept + "", "--json").out());
    JsonNode theirs = JSON.readTree(Path.of(real + ".json").toFile()).path("tensors");
    assertThat(shown.path("format").asText()).isEqualTo("safetensors");
    assertThat(shown.path("tensors")).hasSameSizeAs(theirs);
    assertThat(ckpt("ls", folder).out())
        .contains("kept.safetensors.d", "weights.safetensors", "back.ckpt");
    Levin.Outcome pruned =
        Levin.built().run("ckpt", "prune", folder.toString(), "--keep=1", "--dry-run");
    assertThat(pruned.out()).contains("1 of 2 checkpoints would be removed");
    assertThat(ckpt("prune", folder).code()).isEqualTo(2);
    assertThat(kept).isDirectory();
  }
}
