package io.levin.checkpoint.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that were damaged or made to harm: refused with one kind of failure. */
class FolderDamageTest {
  @TempDir private Path folder;
  private Path kept;
  private final SafetensorsCheckpointIO io = new SafetensorsCheckpointIO();

  @BeforeEach
  void keep() {
    kept = folder.resolve("kept");
    Path real =
        Path.of("../torch/src/test/resources/golden/lightning-1.8.6-sgd-onecycle-midepoch.ckpt");
    try (Checkpoint checkpoint = new TorchCheckpointIO().load(real)) {
      io.save(checkpoint, kept);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest.json", "model.safetensors", "state.safetensors"})
  void everyFlippedBitIsFound(String name) throws IOException {
    byte[] whole = Files.readAllBytes(kept.resolve(name));
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      byte[] flipped = whole.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(kept.resolve(name), flipped);
      assertThatThrownBy(() -> io.verify(kept))
          .isInstanceOf(BadCheckpointException.class)
          .hasMessageContaining(name);
    }
    Files.write(kept.resolve(name), whole);
    io.verify(kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest.json", "model.safetensors", "state.safetensors"})
  void everyTruncationIsFound(String name) throws IOException {
    byte[] whole = Files.readAllBytes(kept.resolve(name));
    for (int length = 0; length < whole.length; length += Math.max(1, whole.length / 300)) {
      Files.write(kept.resolve(name), java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> io.load(kept).close())
          .isInstanceOf(BadCheckpointException.class)
          .hasMessageContaining(name);
    }
  }

  @Test
  void aDamagedTensorIsFoundWhenItIsReadAndNamed() throws IOException {
    Path file = kept.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    try (Checkpoint checkpoint = io.load(kept)) {
      assertThatThrownBy(() -> TensorPaths.of(checkpoint.root()).values().forEach(Digest::sha256))
          .isInstanceOf(BadCheckpointException.class)
          .hasMessageContaining("model.safetensors, byte ")
          .hasMessageContaining("CRC-32C");
    }
  }

  private void manifest(Consumer<ObjectNode> change) throws IOException {
    ObjectNode manifest =
        (ObjectNode) new ObjectMapper().readTree(kept.resolve(Manifest.FILE).toFile());
    manifest.remove("crc32c");
    manifest.remove("format");
    change.accept(manifest);
    Files.write(kept.resolve(Manifest.FILE), Manifest.bytes(manifest));
  }

  private void refused(String why) {
    assertThatThrownBy(() -> io.load(kept).close())
        .isInstanceOf(BadCheckpointException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aFileElsewhereIsNotOpened() throws IOException {
    Path outside = folder.resolve("outside.safetensors");
    Files.move(kept.resolve("model.safetensors"), outside);
    for (String name : new String[] {"../outside.safetensors", outside.toString(), "", ".."}) {
      manifest(all -> ((ObjectNode) all.at("/files/model")).put("name", name));
      refused("plain name");
    }
  }

  @Test
  void aLaterVersionIsRefusedByItsNumber() throws IOException {
    manifest(all -> all.put("version", 9));
    refused("version 9");
  }

  @Test
  void strangeTreesAreRefused() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (String tree :
        new String[] {
          "{\"lambda\":[]}",
          "{}",
          "{\"tuple\":[],\"set\":[]}",
          "{\"tensor\":{\"file\":\"model\",\"name\":\"none\"}}",
          "{\"tensor\":{\"file\":\"none\",\"name\":\"none\"}}",
          "{\"same\":0}",
          "{\"dict\":[[{\"dict\":{}},1]]}",
          "{\"dict\":[[1,1],[1,2]]}",
          "{\"dict\":[[1]]}",
          "{\"float\":\"1\"}",
          "{\"integer\":\"1e9\"}",
          "{\"bytes\":\"*\"}",
          "99999999999999999999",
          "[".repeat(600) + "]".repeat(600)
        }) {
      var node = json.readTree(tree);
      manifest(all -> all.set("tree", node));
      refused("manifest.json");
    }
  }

  @Test
  void aViewBeyondItsTensorIsRefused() throws IOException {
    String tensor =
        "{\"tensor\":{\"file\":\"model\",\"name\":\"%s\",\"shape\":[%s],\"offset\":%s}}";
    String name;
    try (Checkpoint checkpoint = io.load(kept)) {
      name = TensorPaths.of(checkpoint.root()).keySet().iterator().next();
      assertThat(name).startsWith("state_dict/");
      assertThat(((Tensor) TensorPaths.of(checkpoint.root()).get(name)).elements()).isPositive();
    }
    for (String[] bad :
        new String[][] {
          {"999999999", "0"}, {"1", "99999999"}, {"-1", "0"}, {"1", "-1"}, {"1.5", "0"}
        }) {
      var node =
          new ObjectMapper()
              .readTree(tensor.formatted(name.substring("state_dict/".length()), bad[0], bad[1]));
      manifest(all -> all.set("tree", node));
      refused("manifest.json");
    }
  }
}
