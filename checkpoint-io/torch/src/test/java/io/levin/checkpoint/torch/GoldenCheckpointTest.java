package io.levin.checkpoint.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenCheckpointTest {
  private final TorchCheckpointIO io = new TorchCheckpointIO();

  static List<String> readable() {
    return Golden.files("lightning", "plain", "legacy").stream()
        .filter(name -> !Golden.expected(name).path("may_refuse").asBoolean())
        .toList();
  }

  static List<String> refused() {
    return Golden.files("hostile", "refuse").stream()
        .filter(name -> Golden.expected(name).path("expect").asText("refuse").equals("refuse"))
        .toList();
  }

  @Test
  void thereAreFilesToRead() {
    assertThat(readable()).hasSizeGreaterThan(15);
    assertThat(refused()).hasSizeGreaterThan(15);
  }

  @ParameterizedTest
  @MethodSource("readable")
  void everyTensorIsThereBitByBit(String name) {
    JsonNode expected = Golden.expected(name).path("tensors");
    try (Checkpoint checkpoint = io.load(Golden.FOLDER.resolve(name))) {
      Map<String, Tensor> tensors = TensorPaths.of(checkpoint.root());
      List<String> names = new ArrayList<>();
      expected.fieldNames().forEachRemaining(names::add);
      assertThat(tensors.keySet()).containsExactlyElementsOf(names);
      tensors.forEach((path, tensor) -> same(path, tensor, expected.get(path)));
    }
  }

  private static void same(String path, Tensor tensor, JsonNode expected) {
    assertThat(tensor.dtype().label()).as(path).isEqualTo(expected.path("dtype").asText());
    assertThat(tensor.shape()).as(path).containsExactly(longs(expected.path("shape")));
    assertThat(tensor.stride()).as(path).containsExactly(longs(expected.path("stride")));
    assertThat(tensor.offset()).as(path).isEqualTo(expected.path("storage_offset").asLong());
    assertThat(Digest.sha256(tensor)).as(path).isEqualTo(expected.path("sha256").asText());
  }

  private static long[] longs(JsonNode array) {
    long[] values = new long[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asLong();
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("readable")
  void everyValueIsThere(String name) {
    JsonNode tree = Golden.expected(name).path("tree");
    try (Checkpoint checkpoint = io.load(Golden.FOLDER.resolve(name))) {
      new TreeComparison().compare("", checkpoint.root(), tree);
    }
  }

  @ParameterizedTest
  @MethodSource("readable")
  void tensorsThatShareMemoryShareTheirStorage(String name) {
    JsonNode expected = Golden.expected(name).path("tensors");
    try (Checkpoint checkpoint = io.load(Golden.FOLDER.resolve(name))) {
      Map<String, Tensor> tensors = TensorPaths.of(checkpoint.root());
      tensors.forEach(
          (path, tensor) ->
              tensors.forEach(
                  (other, second) -> {
                    if (tensor.elements() > 0 && second.elements() > 0) {
                      assertThat(tensor.storage() == second.storage())
                          .as("%s and %s", path, other)
                          .isEqualTo(group(expected, path) == group(expected, other));
                    }
                  }));
    }
  }

  private static int group(JsonNode expected, String path) {
    return expected.get(path).path("storage_group").asInt();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void theHostileAndTheBrokenAreRefusedWithTheirPlace(String name) {
    assertThatThrownBy(() -> io.verify(Golden.FOLDER.resolve(name)))
        .isInstanceOf(BadCheckpointException.class)
        .hasMessageContaining(name);
    assertThat(Path.of("/tmp/golden-pickle-was-executed")).doesNotExist();
  }

  @Test
  void whatIsRefusedIsNamed() {
    assertThatThrownBy(() -> io.load(Golden.FOLDER.resolve("evil-os-system.pt")))
        .hasMessageContaining("posix.system")
        .hasMessageContaining("data.pkl, byte ");
    assertThatThrownBy(() -> io.load(Golden.FOLDER.resolve("whole-module.pt")))
        .hasMessageContaining("torch.nn.modules.container.Sequential");
    assertThatThrownBy(() -> io.load(Golden.FOLDER.resolve("state_dict-bigendian.pt")))
        .hasMessageContaining("big-endian");
    assertThatThrownBy(() -> io.load(Golden.FOLDER.resolve("sparse.pt")))
        .hasMessageContaining("sparse");
  }

  @Test
  void aSchedulersBoundMethodIsCarriedByName() {
    Path file = Golden.FOLDER.resolve("lightning-1.9.5-sgd-onecycle-midepoch.ckpt");
    assertThat(Files.exists(file)).isTrue();
    try (Checkpoint checkpoint = io.load(file)) {
      Map<?, ?> root = (Map<?, ?>) checkpoint.root();
      Map<?, ?> scheduler = (Map<?, ?>) ((List<?>) root.get("lr_schedulers")).get(0);
      assertThat(scheduler.get("anneal_func")).hasToString("__builtin__.getattr");
    }
  }
}
