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
}
