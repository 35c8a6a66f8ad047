package io.levin.testkit.checkpoint;

import static io.levin.testkit.LevinAssertions.assertThat;
import static io.levin.testkit.LevinAssertions.assertThatCode;
import static io.levin.testkit.LevinAssertions.assertThatRefused;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.SupportsAsyncSave;
import io.levin.checkpoint.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What {@link SupportsAsyncSave} promises. */
final class AsyncSaveChecks {
  /** Milliseconds: a pool says that it has ended a moment before its threads have. */
  private static final long ENDING = 30_000;

  private final Supplier<CheckpointIO> ios;
  private final Function<String, Path> paths;

  private AsyncSaveChecks(Supplier<CheckpointIO> ios, Function<String, Path> paths) {
    this.ios = ios;
    this.paths = paths;
  }

  /** Nothing where saves return only when all is on disk. */
  static Stream<DynamicTest> of(Supplier<CheckpointIO> ios, Function<String, Path> paths) {
    AsyncSaveChecks checks = new AsyncSaveChecks(ios, paths);
    return ios.get() instanceof SupportsAsyncSave
        ? Stream.of(
            dynamicTest("what is kept is as it was when save returned", checks::snapshot),
            dynamicTest("each is told as durable, once, in order", checks::durable),
            dynamicTest("saves and removals keep their order", checks::order),
            dynamicTest("a failure is told by the next call", checks::failure),
            dynamicTest("closing waits, and ends the threads", checks::close))
        : Stream.empty();
  }

  private SupportsAsyncSave io() {
    return (SupportsAsyncSave) ios.get();
  }

  private void snapshot() {
    SupportsAsyncSave io = io();
    Path path = paths.apply("snapshot");
    byte[] bytes = new byte[1 << 20];
    Tensor tensor = Tensor.of(DType.UINT8, new long[] {bytes.length}, Bytes.of(bytes));
    for (int i = 1; i <= 4; i++) {
      Arrays.fill(bytes, (byte) i);
      String expected = Probing.text(Map.of("tensor", tensor));
      io.save(Checkpoint.of(Map.of("tensor", tensor)), path);
      Arrays.fill(bytes, (byte) -1); // the training goes on
      assertThat(Probing.contents(io, path)).isEqualTo(expected);
    }
  }

  private void durable() {
    SupportsAsyncSave io = io();
    List<Path> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      expected.add(paths.apply("durable" + i));
      io.save(Checkpoint.of(Samples.tensors()), expected.get(i));
    }
    io.flush();
    assertThat(io.durable()).isEqualTo(expected);
    assertThat(io.durable()).isEmpty();
    CheckpointIO other = ios.get();
    expected.forEach(other::verify);
  }

  private void order() {
    SupportsAsyncSave io = io();
    Path path = paths.apply("order");
    for (int i = 0; i < 5; i++) {
      io.save(Checkpoint.of(Samples.tensors()), path);
      io.remove(path);
    }
    io.flush();
    assertThat(path).doesNotExist();
  }

  private void failure() {
    SupportsAsyncSave io = io();
    Object bad = BadTrees.all().get("an object of an unknown class");
    assertThatRefused(
            () -> {
              io.save(Checkpoint.of(bad), paths.apply("failure"));
              io.flush();
            })
        .isToldToTheUser();
    assertThatCode(io::close).as("it was told already").doesNotThrowAnyException();
    SupportsAsyncSave untold = io();
    assertThatRefused(
            () -> {
              untold.save(Checkpoint.of(bad), paths.apply("untold"));
              untold.close();
            })
        .isToldToTheUser();
  }

  private void close() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    SupportsAsyncSave io = io();
    Path path = paths.apply("close");
    io.save(Checkpoint.of(Samples.tensors()), path);
    io.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && !thread.isDaemon()) {
        thread.join(ENDING);
        assertThat(thread.isAlive()).as("%s goes on", thread).isFalse();
      }
    }
    ios.get().verify(path);
  }
}
