package io.levin.testkit.checkpoint;

import static io.levin.testkit.LevinAssertions.assertThat;
import static io.levin.testkit.LevinAssertions.assertThatCode;
import static io.levin.testkit.LevinAssertions.assertThatRefused;
import static io.levin.testkit.LevinAssertions.catchThrowable;

import io.levin.LevinException;
import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a {@link CheckpointIO} keeps to when it reads files that somebody wrote. */
public abstract class CheckpointReadContract {
  /** An empty folder for this test. */
  @TempDir protected Path folder;

  private final List<CheckpointIO> opened = new ArrayList<>();

  /** A new one; the contract closes it. */
  protected abstract CheckpointIO checkpointIO();

  /**
   * Puts a checkpoint of some kilobytes, with a tensor in it, into a folder.
   *
   * @return its path
   */
  protected abstract Path sample(Path folder) throws IOException;

  /** Whether a changed byte is noticed. Only for formats that others made without checksums. */
  protected boolean hasChecksums() {
    return true;
  }

  /** Whether it saves at all. */
  protected boolean writes() {
    return true;
  }

  /** The path of a checkpoint with a name, in this test's folder. */
  protected Path path(String name) {
    return folder.resolve(name + io().suffix());
  }

  /** A new one, closed after the test. */
  protected final CheckpointIO io() {
    CheckpointIO io = checkpointIO();
    opened.add(io);
    return io;
  }

  @BeforeEach
  void theTestIsNamedForWhatItIs(TestInfo test) {
    assertThat(test.getTestClass().orElseThrow().getSimpleName()).endsWith("ContractTest");
  }

  @AfterEach
  void nothingStaysOpen() {
    for (CheckpointIO io : opened) {
      try {
        io.close();
      } catch (LevinException e) {
        continue; // of a save that was meant to fail
      }
    }
    assertThat(Probing.open(folder)).as("files left open").isEmpty();
  }

  @Test
  void saysWhatItsFormatIsCalled() {
    CheckpointIO io = io();
    assertThat(io.format()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(io.suffix()).matches("\\.[A-Za-z0-9._-]+");
    assertThat(io.suffixes()).contains(io.suffix()).allMatch(suffix -> suffix.startsWith("."));
  }

  @Test
  void recognizesItsOwnAndNothingElse() throws IOException {
    CheckpointIO io = io();
    assertThat(io.recognizes(sample(folder))).isTrue();
    assertThat(io.recognizes(path("missing")) && Files.exists(path("missing"))).isFalse();
    for (Nonsense nonsense : Nonsense.values()) {
      Path other = folder.resolve(nonsense + ".other");
      nonsense.write(other);
      assertThat(io.recognizes(other)).as(nonsense.name()).isFalse();
      Path named = path(nonsense.name());
      nonsense.write(named);
      assertThatCode(() -> io.recognizes(named)).as(nonsense.name()).doesNotThrowAnyException();
    }
    assertThat(io.recognizes(Files.createDirectory(folder.resolve("photos")))).isFalse();
  }

  @Test
  void readsTheSameEveryTime() throws IOException {
    Path sample = sample(folder);
    CheckpointIO io = io();
    String first = Probing.contents(io, sample);
    assertThat(first).contains("FLOAT");
    assertThat(Probing.contents(io, sample)).isEqualTo(first);
    io.verify(sample);
    assertThat(Probing.contents(io(), sample)).isEqualTo(first);
  }

  @Test
  void tensorsAreReadFromAnyElementOn() throws IOException {
    try (Checkpoint checkpoint = io().load(sample(folder))) {
      for (Tensor tensor : TensorPaths.of(checkpoint.root()).values()) {
        ByteBuffer whole = ByteBuffer.allocate((int) tensor.size());
        tensor.read(0, whole);
        for (long at = 0; at < tensor.size(); at += 3L * tensor.dtype().bytes()) {
          ByteBuffer part = ByteBuffer.allocateDirect(tensor.dtype().bytes());
          tensor.read(at, part);
          assertThat(part.flip()).isEqualTo(whole.slice((int) at, part.limit()));
        }
      }
    }
  }

  @Test
  void readingChangesNothing() throws IOException {
    Path sample = sample(folder);
    List<String> before = Damage.digests(folder);
    CheckpointIO io = io();
    Probing.contents(io, sample);
    io.verify(sample);
    io.recognizes(sample);
    assertThat(Damage.digests(folder)).isEqualTo(before);
  }

  @Test
  void severalReadAtATime() throws Exception {
    Path sample = sample(folder);
    String expected = Probing.contents(io(), sample);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<String>> reads = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        CheckpointIO io = io();
        reads.add(() -> Probing.contents(io, sample));
      }
      for (Future<String> read : threads.invokeAll(reads)) {
        assertThat(read.get()).isEqualTo(expected);
      }
    } catch (ExecutionException e) {
      throw new AssertionError("One of several readers failed", e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void whatIsClosedIsClosed() throws IOException {
    Checkpoint checkpoint = io().load(sample(folder));
    Tensor tensor = TensorPaths.of(checkpoint.root()).values().iterator().next();
    checkpoint.close();
    assertThat(Probing.open(folder)).as("files left open").isEmpty();
    assertThatCode(checkpoint::close).doesNotThrowAnyException();
    // It may have been in memory, or be refused; it must not end the process.
    Throwable late = catchThrowable(() -> tensor.read(0, ByteBuffer.allocate(16)));
    assertThat(late == null || late instanceof RuntimeException).isTrue();
  }

  @Test
  void aMissingOneIsNamed() {
    Path missing = path("missing");
    assertThatRefused(() -> io().load(missing)).isToldToTheUser(missing.getFileName());
    assertThatRefused(() -> io().verify(missing)).isToldToTheUser(missing.getFileName());
    assertThat(Probing.names(folder)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void nonsenseIsRefusedInBoundedMemory(Nonsense nonsense) {
    Path named = path("nonsense");
    nonsense.write(named);
    Probing.inBoundedMemory(
        () -> {
          for (CheckpointIO io : List.of(io(), io())) {
            assertThatRefused(() -> Probing.contents(io, named))
                .isInstanceOf(BadCheckpointException.class)
                .isToldToTheUser(named.getFileName());
            assertThatRefused(() -> io.verify(named))
                .isInstanceOf(BadCheckpointException.class)
                .isToldToTheUser(named.getFileName());
          }
        });
  }

  @Test
  void anEmptyFolderIsRefused() throws IOException {
    Path named = Files.createDirectory(path("nonsense"));
    assertThatRefused(() -> io().load(named)).isToldToTheUser(named.getFileName());
  }

  @Test
  void everyTruncationIsFound() throws IOException {
    new Damage(io(), sample(folder)).truncations();
  }

  @Test
  void aFlippedBitIsFoundOrChangesNothing() throws IOException {
    new Damage(io(), sample(folder)).flips(hasChecksums());
  }

  @Test
  void largeNumbersAnywhereAskForNoMemory() throws IOException {
    new Damage(io(), sample(folder)).largeNumbers();
  }

  @TestFactory
  Stream<DynamicTest> whatItDoesNotWriteItRefuses() {
    return writes() ? Stream.empty() : Stream.of(DynamicTest.dynamicTest("a save", this::refuses));
  }

  private void refuses() {
    Path path = path("kept");
    assertThatRefused(() -> io().save(Checkpoint.of(Samples.tensors()), path)).isToldToTheUser();
    assertThat(path).doesNotExist();
  }
}
