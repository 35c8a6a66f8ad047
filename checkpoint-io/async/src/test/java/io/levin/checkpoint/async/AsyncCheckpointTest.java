package io.levin.checkpoint.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointIO;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AsyncCheckpointTest {
  private static final Path GOLDEN = Path.of("../torch/src/test/resources/golden");

  @TempDir private Path folder;
  private final GatedCheckpointIO gated = new GatedCheckpointIO();

  private static Checkpoint checkpoint(ByteBuffer memory) {
    Tensor tensor = Tensor.of(DType.UINT8, new long[] {memory.capacity()}, Bytes.of(memory));
    return Checkpoint.of(Map.of("w", tensor));
  }

  private static byte first(Path path) {
    try (Checkpoint saved = new TorchCheckpointIO().load(path)) {
      ByteBuffer bytes = ByteBuffer.allocate(1);
      ((Tensor) ((Map<?, ?>) saved.root()).get("w")).read(0, bytes);
      return bytes.get(0);
    }
  }

  @Test
  void whatIsWrittenIsWhatWasThereWhenItWasSaved() {
    ByteBuffer memory = ByteBuffer.allocateDirect(100);
    List<Object> list = new ArrayList<>(List.of(1L));
    Map<String, Object> state = new HashMap<>(Map.of("list", list, "bytes", new byte[] {1}));
    state.put("w", Tensor.of(DType.UINT8, new long[] {100}, Bytes.of(memory.put(0, (byte) 5))));
    try (AsyncCheckpointIO io = new AsyncCheckpointIO(gated, 1)) {
      io.save(Checkpoint.of(state), folder.resolve("a.ckpt"));
      memory.put(0, (byte) 6);
      list.add(2L);
      ((byte[]) state.get("bytes"))[0] = 9;
      state.put("more", 3L);
      assertThat(io.durable()).isEmpty();
      assertThat(folder.resolve("a.ckpt")).doesNotExist();
      gated.permits.release();
      io.flush();
      assertThat(io.durable()).containsExactly(folder.resolve("a.ckpt"));
      assertThat(io.durable()).isEmpty();
    }
    assertThat(first(folder.resolve("a.ckpt"))).isEqualTo((byte) 5);
    try (Checkpoint saved = new TorchCheckpointIO().load(folder.resolve("a.ckpt"))) {
      Map<?, ?> root = (Map<?, ?>) saved.root();
      assertThat(root.get("list")).isEqualTo(List.of(1L));
      assertThat(root.get("bytes")).isEqualTo(new byte[] {1});
      assertThat(root.containsKey("more")).isFalse();
    }
  }

  @Test
  void everythingIsDoneInTheOrderOfTheCallsAndALoadWaits() {
    Path a = folder.resolve("a.ckpt");
    Path b = folder.resolve("b.ckpt");
    ByteBuffer memory = ByteBuffer.allocateDirect(8);
    try (AsyncCheckpointIO io = new AsyncCheckpointIO(gated, 3)) {
      io.save(checkpoint(memory.put(0, (byte) 1)), a);
      io.save(checkpoint(memory.put(0, (byte) 2)), b);
      io.remove(a);
      io.save(checkpoint(memory.put(0, (byte) 3)), a);
      assertThat(io.link(a, folder.resolve("last.ckpt"))).isTrue();
      gated.permits.release(4);
      io.load(a).close();
      assertThat(gated.done)
          .containsExactly(
              "saved a.ckpt",
              "saved b.ckpt",
              "removed a.ckpt",
              "saved a.ckpt",
              "loaded a.ckpt", // no links with this one: a copy
              "saved last.ckpt",
              "loaded a.ckpt");
      assertThat(io.durable()).hasSize(4);
    }
    assertThat(first(a)).isEqualTo((byte) 3);
    assertThat(first(folder.resolve("last.ckpt"))).isEqualTo((byte) 3);
    assertThat(gated.done).endsWith("closed");
  }

  @Test
  void aSaveWaitsWhereTooMuchIsInMemory() throws InterruptedException {
    ByteBuffer memory = ByteBuffer.allocateDirect(8);
    try (AsyncCheckpointIO io = new AsyncCheckpointIO(gated, 1)) {
      io.save(checkpoint(memory), folder.resolve("a.ckpt"));
      Thread second =
          new Thread(
              () -> {
                io.save(checkpoint(memory), folder.resolve("b.ckpt"));
                gated.done.add("went on");
              });
      second.start();
      while (second.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      assertThat(gated.done).isEmpty();
      gated.permits.release();
      second.join();
      assertThat(gated.done).containsExactlyInAnyOrder("saved a.ckpt", "went on");
      gated.permits.release();
    }
    assertThat(first(folder.resolve("b.ckpt"))).isZero();
  }

  @Test
  void theFirstFailureIsThrownByTheNextCallAndNothingIsRemovedAfterIt() throws IOException {
    Path old = folder.resolve("old.ckpt");
    Path taken = Files.createDirectory(folder.resolve("taken.ckpt"));
    ByteBuffer memory = ByteBuffer.allocateDirect(8);
    try (AsyncCheckpointIO io = new AsyncCheckpointIO(gated, 4)) {
      gated.permits.release(1);
      io.save(checkpoint(memory), old);
      io.flush();
      io.save(checkpoint(memory), taken);
      io.remove(old);
      gated.permits.release(3);
      assertThatThrownBy(io::flush)
          .isInstanceOf(LevinException.class)
          .hasMessageContaining("taken.ckpt");
      assertThatThrownBy(() -> io.save(checkpoint(memory), folder.resolve("new.ckpt")))
          .hasMessageContaining("taken.ckpt");
      assertThat(io.durable()).containsExactly(old);
      assertThatThrownBy(io::durable).hasMessageContaining("taken.ckpt");
    } // which does not throw what was told already
    assertThat(gated.done).containsExactly("saved old.ckpt", "closed");
    assertThat(old).exists();
    assertThat(folder.resolve("new.ckpt")).doesNotExist();
  }

  @Test
  void closeTellsOfAFailureThatNobodyKnows() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken.ckpt"));
    AsyncCheckpointIO io = new AsyncCheckpointIO(new TorchCheckpointIO(), 1);
    io.save(checkpoint(ByteBuffer.allocateDirect(8)), taken);
    assertThatThrownBy(io::close).hasMessageContaining("taken.ckpt");
  }

  @Test
  void closeWaitsForWhatIsNotWritten() {
    try (AsyncCheckpointIO io = new AsyncCheckpointIO(new SafetensorsCheckpointIO(), 2)) {
      io.save(checkpoint(ByteBuffer.allocateDirect(4 << 20)), folder.resolve("a"));
      io.save(checkpoint(ByteBuffer.allocateDirect(4 << 20)), folder.resolve("b"));
    }
    new SafetensorsCheckpointIO().verify(folder.resolve("a"));
    new SafetensorsCheckpointIO().verify(folder.resolve("b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"views.pt", "dtypes.pt", "lightning-1.8.6-sgd-onecycle-midepoch.ckpt"})
  void everythingOfARealCheckpointIsCopied(String name) throws IOException {
    Path direct = folder.resolve("direct.ckpt");
    Path behind = folder.resolve("behind.ckpt");
    try (Checkpoint real = new TorchCheckpointIO().load(GOLDEN.resolve(name));
        AsyncCheckpointIO io = new AsyncCheckpointIO(new TorchCheckpointIO(), 1)) {
      new TorchCheckpointIO().save(real, direct);
      io.save(real, behind);
    }
    assertThat(behind).hasSameBinaryContentAs(direct);
  }

  @Test
  void memoryIsUsedAgainAndFreed() {
    SnapshotMemory memory = new SnapshotMemory(2);
    ByteBuffer bytes = ByteBuffer.allocateDirect(1000);
    Snapshot first = Snapshot.of(checkpoint(bytes).root(), memory);
    Snapshot second = Snapshot.of(checkpoint(bytes).root(), memory);
    assertThat(memory.used()).isEqualTo(2);
    first.close();
    assertThat(memory.spareBytes()).isBetween(1000L, 1100L);
    Snapshot third = Snapshot.of(checkpoint(bytes).root(), memory);
    assertThat(memory.spareBytes()).isZero();
    assertThat(digests(third)).isEqualTo(digests(second));
    second.close();
    Snapshot small = Snapshot.of(checkpoint(ByteBuffer.allocateDirect(10)).root(), memory);
    small.close();
    assertThat(memory.spareBytes()).isLessThan(100);
    memory.close();
    third.close();
    assertThat(memory.spareBytes()).isZero();
    assertThat(memory.used()).isZero();
  }

  private static List<String> digests(Snapshot snapshot) {
    return TensorPaths.of(snapshot.root()).values().stream().map(Digest::sha256).toList();
  }

  @Test
  void noThreadIsLeft() throws InterruptedException {
    try (AsyncCheckpointIO io = new AsyncCheckpointIO(new TorchCheckpointIO(), 1)) {
      io.save(checkpoint(ByteBuffer.allocateDirect(8)), folder.resolve("a.ckpt"));
    }
    // The pool says that it has ended a moment before its thread has.
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("levin-checkpoints")) {
        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }
}
