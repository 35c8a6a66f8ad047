package io.levin.checkpoint.safetensors;

import static io.levin.testkit.LevinAssertions.assertThat;
import static io.levin.testkit.LevinAssertions.assertThatThrownBy;

import io.levin.LevinException;
import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.Complex;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Folders: everything that a real checkpoint holds, and nothing lost or taken along. */
class FolderTest {
  private static final Path GOLDEN = Path.of("../torch/src/test/resources/golden");

  @TempDir private Path folder;
  private final SafetensorsCheckpointIO io = new SafetensorsCheckpointIO();
  private final TorchCheckpointIO torch = new TorchCheckpointIO();

  static List<String> readable() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(
              name -> name.matches("(lightning|state_dict|dtypes|views|handmade).*\\.(ckpt|pt)"))
          .filter(name -> !name.contains("bigendian"))
          .sorted()
          .toList();
    }
  }

  @Test
  void thereAreRealCheckpoints() throws IOException {
    assertThat(readable()).hasSizeGreaterThan(14);
  }

  @ParameterizedTest
  @MethodSource("readable")
  void keepsEverythingOfARealCheckpoint(String name) {
    Path kept = folder.resolve("kept.safetensors.d");
    Path back = folder.resolve("back.ckpt");
    try (Checkpoint before = torch.load(GOLDEN.resolve(name))) {
      io.save(before, kept);
      io.verify(kept);
      try (Checkpoint after = io.load(kept)) {
        assertThat(after).holds(before.root());
        torch.save(after, back);
      }
      // PyTorch's own way there and back, which makes some objects anew.
      Path direct = folder.resolve("direct.ckpt");
      torch.save(before, direct);
      try (Checkpoint after = torch.load(back);
          Checkpoint expected = torch.load(direct)) {
        assertThat(after).isTheSameAs(expected);
      }
    }
  }

  @Test
  void weightsStandAloneUnderTheirOwnNames() {
    Path kept = folder.resolve("kept.safetensors.d");
    try (Checkpoint before = torch.load(GOLDEN.resolve("lightning-1.9.5-adam-steplr.ckpt"))) {
      io.save(before, kept);
      Map<?, ?> weights = (Map<?, ?>) ((Map<?, ?>) before.root()).get("state_dict");
      try (Checkpoint model = io.load(kept.resolve("model.safetensors"))) {
        Map<?, ?> alone = (Map<?, ?>) model.root();
        assertThat(Set.copyOf(alone.keySet())).isEqualTo(weights.keySet());
        alone.forEach(
            (name, tensor) ->
                assertThat(Digest.sha256((Tensor) tensor))
                    .isEqualTo(Digest.sha256((Tensor) weights.get(name))));
      }
    }
  }

  private static Tensor tensor(DType dtype, int elements) {
    byte[] bytes = new byte[elements * dtype.bytes()];
    Arrays.fill(bytes, (byte) elements);
    return Tensor.of(dtype, new long[] {elements}, Bytes.of(bytes));
  }

  private static Map<Object, Object> values() {
    Map<Object, Object> values = new LinkedHashMap<>();
    values.put("numbers", Arrays.asList(1L, -0.0, 1e300, 3.0, Long.MIN_VALUE, Double.NaN, null));
    values.put("infinite", Double.NEGATIVE_INFINITY);
    values.put("large", BigInteger.ONE.shiftLeft(90).negate());
    values.put("bytes", new byte[] {0, -1, 127});
    values.put("complex", new Complex(1, Double.POSITIVE_INFINITY));
    values.put(7L, Tuple.of("a", true));
    values.put(Tuple.of(1L, "x"), Map.of(Tuple.of("y"), Set.of(1L)));
    values.put("a/b", tensor(DType.FLOAT32, 3));
    values.put("a", Map.of("b", tensor(DType.FLOAT32, 4)));
    values.put("__metadata__", tensor(DType.COMPLEX128, 2));
    values.put("ü 木 \u0000", "a text\nof two lines");
    return values;
  }

  @Test
  void keepsValuesOfEveryKind() {
    Path kept = folder.resolve("new/folders/kept");
    Map<Object, Object> values = values();
    io.save(Checkpoint.of(values), kept);
    try (Checkpoint checkpoint = io.load(kept)) {
      assertThat(checkpoint).holds(values);
    }
    try (Checkpoint part = io.load(kept, Set.of("(1, x)"))) {
      assertThat(part.root())
          .isEqualTo(Map.of(Tuple.of(1L, "x"), Map.of(Tuple.of("y"), Set.of(1L))));
    }
  }

  @Test
  void aReplacedFolderHoldsTheNewOnly() throws IOException {
    Path kept = folder.resolve("kept");
    for (int i = 1; i <= 4; i++) {
      io.save(
          Checkpoint.of(Map.of("state_dict", Map.of("w", tensor(DType.INT8, i)), "n", i)), kept);
      io.verify(kept);
      try (Checkpoint checkpoint = io.load(kept)) {
        assertThat(((Map<?, ?>) checkpoint.root()).get("n")).isEqualTo((long) i);
      }
      assertThat(names(kept)).hasSize(2).contains("manifest.json");
    }
    assertThat(names(folder)).containsExactly("kept");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatCannotBeKeptLeavesTheOldOne() throws IOException {
    Path kept = folder.resolve("kept");
    io.save(Checkpoint.of(Map.of("n", 1L, "w", tensor(DType.INT8, 2))), kept);
    assertThatThrownBy(() -> io.save(Checkpoint.of(Map.of("n", new Object())), kept))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("java.lang.Object");
    Bytes failing =
        new Bytes() {
          @Override
          public long size() {
            return 4;
          }

          @Override
          public void read(long offset, java.nio.ByteBuffer into) {
            throw LevinException.user("gone", "");
          }
        };
    Tensor gone = Tensor.of(DType.INT32, new long[] {1}, failing);
    Map<String, Object> half = Map.of("state_dict", Map.of("w", tensor(DType.INT8, 3)), "x", gone);
    assertThatThrownBy(() -> io.save(Checkpoint.of(half), kept)).hasMessageContaining("gone");
    assertThatThrownBy(() -> io.save(Checkpoint.of(half), folder.resolve("new")))
        .hasMessageContaining("gone");
    io.verify(kept);
    assertThat(names(kept)).containsExactly("manifest.json", "model.safetensors");
    assertThat(names(folder)).containsExactly("kept");
  }

  @Test
  void aPartIsLoadedWithoutTheRest() throws IOException {
    Path kept = folder.resolve("kept");
    OrderedDict weights = new OrderedDict(Map.of("w", tensor(DType.BFLOAT16, 5)));
    weights.put("v", tensor(DType.FLOAT16, 2));
    io.save(
        Checkpoint.of(
            Map.of("epoch", 3L, "state_dict", weights, "list", List.of(1L, tensor(DType.INT8, 1)))),
        kept);
    Files.delete(kept.resolve("state.safetensors"));
    try (Checkpoint part = io.load(kept, Set.of("state_dict/w", "epoch"))) {
      Map<?, ?> root = (Map<?, ?>) part.root();
      assertThat(Set.copyOf(root.keySet())).isEqualTo(Set.of("epoch", "state_dict"));
      Map<?, ?> found = (Map<?, ?>) root.get("state_dict");
      assertThat(Set.copyOf(found.keySet())).isEqualTo(Set.of("w"));
      assertThat(Digest.sha256((Tensor) found.get("w")))
          .isEqualTo(Digest.sha256(tensor(DType.BFLOAT16, 5)));
    }
    assertThatThrownBy(() -> io.load(kept).close())
        .isInstanceOf(BadCheckpointException.class)
        .hasMessageContaining("state.safetensors");
    try (Checkpoint part = io.load(kept, Set.of("state_dict/u"))) {
      assertThat(part.root()).isEqualTo(Map.of("state_dict", new OrderedDict()));
    }
  }

  @Test
  void aLinkCostsNothingAndStandsAlone() throws IOException {
    Path first = folder.resolve("first");
    Path last = folder.resolve("last");
    for (int i = 1; i <= 3; i++) {
      io.save(Checkpoint.of(Map.of("n", i, "w", tensor(DType.INT8, i))), first);
      assertThat(io.link(first, last)).isTrue();
      assertThat(names(last)).hasSize(2);
      try (Checkpoint checkpoint = io.load(last)) {
        assertThat(((Map<?, ?>) checkpoint.root()).get("n")).isEqualTo((long) i);
      }
    }
    assertThat(io.link(first, first)).isTrue();
    io.remove(first);
    io.verify(last);
    Path notOurs = Files.createDirectory(folder.resolve("photos"));
    assertThat(io.link(last, notOurs)).isFalse();
    assertThat(names(folder)).containsExactly("last", "photos");
  }

  @Test
  void onlyACheckpointIsRemovedAndOnlyItsOwnFiles() throws IOException {
    Path other = Files.createDirectory(folder.resolve("photos"));
    Files.writeString(other.resolve("manifest.json"), "{\"photos\":[]}");
    assertThatThrownBy(() -> io.remove(other)).isInstanceOf(LevinException.class);
    assertThatThrownBy(() -> io.save(Checkpoint.of(Map.of()), other))
        .isInstanceOf(LevinException.class);
    assertThat(names(other)).containsExactly("manifest.json");
    Path kept = folder.resolve("kept");
    io.save(Checkpoint.of(Map.of("w", tensor(DType.INT8, 1))), kept);
    Path notes = Files.writeString(kept.resolve("notes.txt"), "the best so far");
    io.remove(kept);
    assertThat(names(kept)).containsExactly("notes.txt");
    assertThat(notes).hasContent("the best so far");
    assertThat(io.recognizes(kept)).isFalse();
  }
}
