package io.levin.cli.ckpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointIO;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversionTest {
  private static final Path REAL =
      Path.of(
          "../../checkpoint-io/torch/src/test/resources/golden/lightning-1.9.5-adam-steplr.ckpt");

  @TempDir private Path folder;
  private final Formats formats =
      new Formats(List.of(new TorchCheckpointIO(), new SafetensorsCheckpointIO()));

  private String convert(Path from, Path to, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Optional<String> format = options.length == 0 ? Optional.empty() : Optional.of(options[0]);
    new Conversion(formats, false)
        .run(from, to, format, new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<String> differences(Path one, Path other) {
    try (Checkpoint first = formats.of(one).load(one);
        Checkpoint second = formats.of(other).load(other)) {
      return Difference.of(first.root(), second.root());
    }
  }

  @Test
  void aRealCheckpointGoesThroughAllFormatsAndBack() {
    Path kept = folder.resolve("kept.safetensors.d");
    Path other = folder.resolve("other");
    Path back = folder.resolve("back.pt");
    convert(REAL, kept);
    convert(kept, other);
    convert(other, back);
    assertThat(kept.resolve("manifest.json")).isRegularFile();
    assertThat(other.resolve("manifest.json")).isRegularFile();
    assertThat(differences(REAL, back)).isEmpty();
    assertThat(differences(REAL, kept)).isEmpty();
  }

  @Test
  void aSingleFileHoldsTheWeightsAndItIsSaidWhatIsLeftOut() {
    Path single = folder.resolve("weights.safetensors");
    assertThat(convert(REAL, single))
        .contains("left out: ", "epoch", "optimizer_states", "callbacks")
        .doesNotContain("state_dict");
    Path back = folder.resolve("weights.pt");
    assertThat(convert(single, back)).doesNotContain("left out");
    try (Checkpoint whole = new TorchCheckpointIO().load(REAL);
        Checkpoint weights = new TorchCheckpointIO().load(back)) {
      Map<?, ?> root = (Map<?, ?>) whole.root();
      assertThat(((Map<?, ?>) weights.root()).keySet().stream().sorted().toList())
          .isEqualTo(((Map<?, ?>) root.get("state_dict")).keySet().stream().sorted().toList());
      ((Map<?, ?>) weights.root())
          .forEach(
              (name, tensor) ->
                  assertThat(Difference.of(((Map<?, ?>) root.get("state_dict")).get(name), tensor))
                      .isEmpty());
    }
  }

  @Test
  void aFormatCanBeNamed() {
    Path kept = folder.resolve("kept");
    assertThat(convert(REAL, kept, "safetensors")).contains("safetensors");
    assertThat(kept).isDirectory();
    assertThatThrownBy(() -> convert(REAL, folder.resolve("x"), "safetensor"))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("safetensor");
  }

  @Test
  void nothingIsConvertedOntoItself() {
    Path kept = folder.resolve("kept.safetensors.d");
    convert(REAL, kept);
    assertThatThrownBy(() -> convert(kept, folder.resolve("./kept.safetensors.d")))
        .isInstanceOf(LevinException.class);
    formats.of(kept).verify(kept);
  }
}
