package io.levin.checkpoint.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single files, held against those of the reference implementation. */
class PlainFileTest {
  /** Where the format's description is stricter than the implementation, so is this reader. */
  private static final Set<String> STRICTER =
      Set.of("begins with a space", "metadata of null", "a key of metadata twice");

  @TempDir private Path folder;
  private final SafetensorsCheckpointIO io = new SafetensorsCheckpointIO();

  static List<Reference.Verdict> verdicts() {
    return Reference.verdicts();
  }

  @Test
  void thereAreVerdicts() {
    assertThat(verdicts()).hasSizeGreaterThan(60);
    assertThat(verdicts().stream().filter(Reference.Verdict::accepted)).hasSizeGreaterThan(10);
  }

  @ParameterizedTest
  @MethodSource("verdicts")
  void acceptsAndRefusesWhatTheReferenceDoes(Reference.Verdict verdict) throws IOException {
    Path file = Files.write(folder.resolve("case.safetensors"), verdict.file());
    if (verdict.accepted() && !STRICTER.contains(verdict.name())) {
      try (Checkpoint checkpoint = io.load(file)) {
        TensorPaths.of(checkpoint.root())
            .values()
            .forEach(tensor -> tensor.read(0, ByteBuffer.allocate((int) tensor.size())));
      }
    } else {
      assertThatThrownBy(() -> io.verify(file))
          .isInstanceOf(BadCheckpointException.class)
          .hasMessageContaining("case.safetensors");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"every-dtype", "names", "empty"})
  void writesTheSameBytesAsTheReference(String name) throws IOException {
    Path theirs = Reference.FOLDER.resolve(name + ".safetensors");
    Path ours = folder.resolve("ours.safetensors");
    try (Checkpoint checkpoint = io.load(theirs)) {
      io.save(checkpoint, ours);
    }
    byte[] written = Files.readAllBytes(ours);
    if (name.equals("empty")) {
      // Theirs has no metadata where nobody gave any; ours says that it is PyTorch's.
      assertThat(new String(written, StandardCharsets.US_ASCII))
          .endsWith("\0{\"__metadata__\":{\"format\":\"pt\"}}");
    } else if (name.equals("every-dtype")) {
      assertThat(withoutMetadata(written)).isEqualTo(Files.readAllBytes(theirs));
    } else {
      assertThat(written).isEqualTo(Files.readAllBytes(theirs));
    }
  }

  /** Takes away the metadata that a file of ours has and one without has not. */
  private static byte[] withoutMetadata(byte[] file) {
    ByteBuffer all = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) all.getLong();
    String text = new String(file, Long.BYTES, header, StandardCharsets.UTF_8).strip();
    String shorter = text.replace("\"__metadata__\":{\"format\":\"pt\"},", "");
    byte[] bytes = shorter.getBytes(StandardCharsets.UTF_8);
    int padded = (bytes.length + 7) / 8 * 8;
    ByteBuffer made =
        ByteBuffer.allocate(file.length - header + padded).order(ByteOrder.LITTLE_ENDIAN);
    made.putLong(padded).put(bytes);
    while (made.position() < Long.BYTES + padded) {
      made.put((byte) ' ');
    }
    return made.put(file, Long.BYTES + header, file.length - Long.BYTES - header).array();
  }

  @Test
  void readsEveryDtype() {
    try (Checkpoint checkpoint = io.load(Reference.FOLDER.resolve("every-dtype.safetensors"))) {
      Map<?, ?> root = (Map<?, ?>) checkpoint.root();
      assertThat(root.values().stream().map(tensor -> ((Tensor) tensor).dtype()))
          .contains(DType.BOOL, DType.UINT8, DType.INT8, DType.INT16, DType.FLOAT16, DType.BFLOAT16)
          .contains(DType.INT32, DType.FLOAT32, DType.FLOAT64, DType.INT64);
      ByteBuffer deep = ByteBuffer.allocate(24 * 4).order(ByteOrder.LITTLE_ENDIAN);
      Tensor tensor = (Tensor) root.get("deep");
      tensor.read(0, deep);
      assertThat(deep.getFloat(23 * 4)).isEqualTo(23f);
      assertThat(tensor.shape()).containsExactly(1, 2, 3, 1, 4);
    }
  }

  @Test
  void loadsOnlyWhatIsAskedFor() {
    Path file = Reference.FOLDER.resolve("every-dtype.safetensors");
    try (Checkpoint checkpoint = io.load(file, Set.of("bf16", "scalar"))) {
      assertThat(((Map<?, ?>) checkpoint.root()).keySet().stream().map(Object::toString))
          .containsExactly("scalar", "bf16");
    }
    try (Checkpoint checkpoint = io.load(file, Set.of("bf17"))) {
      assertThat((Map<?, ?>) checkpoint.root()).isEmpty();
    }
  }

  @Test
  void refusesToLoseWhatAFileCannotHold() {
    Tensor tensor = Tensor.of(DType.UINT8, new long[] {1}, Bytes.of(new byte[1]));
    Path file = folder.resolve("x.safetensors");
    for (Object root :
        List.of(
            Map.of("epoch", 3L, "w", tensor),
            Map.of("state_dict", Map.of("w", tensor)),
            Map.of("__metadata__", tensor),
            Map.of("c", Tensor.of(DType.COMPLEX64, new long[] {1}, Bytes.of(new byte[8]))))) {
      assertThatThrownBy(() -> io.save(Checkpoint.of(root), file))
          .isInstanceOf(LevinException.class);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(Reference.FOLDER.resolve("names.safetensors"));
    Path cut = folder.resolve("cut.safetensors");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> io.verify(cut)).isInstanceOf(BadCheckpointException.class);
    }
  }

  @Test
  void flippedBitsOfAHeaderNeverEndInAnythingButARefusal() throws IOException {
    byte[] whole = Files.readAllBytes(Reference.FOLDER.resolve("names.safetensors"));
    Random random = new Random(3);
    Path file = folder.resolve("flipped.safetensors");
    int refusals = 0;
    for (int i = 0; i < 3000; i++) {
      byte[] flipped = whole.clone();
      flipped[random.nextInt(340)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, flipped);
      try {
        io.verify(file);
      } catch (BadCheckpointException refused) {
        refusals++;
      }
    }
    assertThat(refusals).isGreaterThan(1000);
  }

  @Test
  void onlyAFileThatIsOneIsRemoved() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.safetensors"), "my notes on safetensors");
    assertThatThrownBy(() -> io.remove(text)).isInstanceOf(LevinException.class);
    assertThat(text).exists();
    Path file = folder.resolve("w.safetensors");
    io.save(Checkpoint.of(new OrderedDict()), file);
    io.remove(file);
    io.remove(file);
    assertThat(file).doesNotExist();
  }
}
