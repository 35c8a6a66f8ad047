package io.levin.checkpoint.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.levin.LevinException;
import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.SupportsAsyncSave;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointIO;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Disks that are full, may not be written to, or go away: the save fails, the old one stays. */
class DiskFaultsTest {
  private static final int FITS = 300 << 10;
  private static final int TOO_LARGE = 4 << 20;

  @TempDir private Path folder;
  private Path mounted;

  static Stream<CheckpointIO> backends() {
    return Stream.of(
        new TorchCheckpointIO(),
        new SafetensorsCheckpointIO(),
        new AsyncCheckpointIO(new TorchCheckpointIO(), 1));
  }

  private static void save(CheckpointIO io, long count, int size, Path path) {
    byte[] bytes = new byte[size];
    java.util.Arrays.fill(bytes, (byte) count);
    Tensor tensor = Tensor.of(DType.UINT8, new long[] {size}, Bytes.of(bytes));
    io.save(Checkpoint.of(Map.of("count", count, "tensor", tensor)), path);
    if (io instanceof SupportsAsyncSave behind) {
      behind.flush();
    }
  }

  /** By a fresh backend, as one that has failed does nothing more. */
  private static void assertHolds(CheckpointIO io, long count, Path path) {
    CheckpointIO reader =
        io.format().equals("torch") ? new TorchCheckpointIO() : new SafetensorsCheckpointIO();
    reader.verify(path);
    try (Checkpoint loaded = reader.load(path)) {
      assertThat(((Map<?, ?>) loaded.root()).get("count")).isEqualTo(count);
    }
  }

  private Path mount(String options) throws IOException, InterruptedException {
    Path place = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", options, "levin-test", place.toString()),
        "a small disk can be mounted (root on Linux)");
    mounted = place;
    return place;
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void unmount() throws InterruptedException {
    if (mounted != null) {
      run("umount", "-l", mounted.toString());
    }
  }

  private static List<Path> names(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aFullDiskFailsTheSaveAndLeavesTheOldOneAndNothingElse(CheckpointIO io) throws Exception {
    Path disk = mount("size=2m");
    Path path = disk.resolve("one" + io.suffix());
    save(io, 1, FITS, path);
    List<Path> before = names(disk);
    assertThatThrownBy(() -> save(io, 2, TOO_LARGE, path))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining("No space left on device");
    assertHolds(io, 1, path);
    assertThat(names(disk)).isEqualTo(before);
    save(fresh(io), 3, FITS, path);
    assertHolds(io, 3, path);
  }

  private static CheckpointIO fresh(CheckpointIO io) {
    return io instanceof AsyncCheckpointIO ? new TorchCheckpointIO() : io;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aDiskThatMayNotBeWrittenToFailsTheSaveAndIsStillRead(CheckpointIO io) throws Exception {
    Path disk = mount("size=2m");
    Path path = disk.resolve("one" + io.suffix());
    save(io, 1, FITS, path);
    assumeTrue(run("mount", "-o", "remount,ro", disk.toString()), "it can be made read-only");
    assertThatThrownBy(() -> save(io, 2, FITS, path))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining("Read-only file system");
    assertThatThrownBy(() -> fresh(io).remove(path)).isInstanceOf(LevinException.class);
    assertHolds(io, 1, path);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aFolderThatIsRemovedIsMadeAgain(CheckpointIO io) throws Exception {
    Path path = folder.resolve("runs").resolve("one" + io.suffix());
    save(io, 1, FITS, path);
    fresh(io).remove(path);
    Files.delete(path.getParent());
    save(io, 2, FITS, path);
    assertHolds(io, 2, path);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aFolderThatIsRemovedInTheMiddleFailsTheSave(CheckpointIO io) {
    Path runs = folder.resolve("runs");
    Path path = runs.resolve("one" + io.suffix());
    Bytes bytes =
        new Bytes() {
          @Override
          public long size() {
            return FITS;
          }

          @Override
          public void read(long offset, java.nio.ByteBuffer into) {
            removeAll(runs);
            into.position(into.limit());
          }
        };
    Tensor tensor = Tensor.of(DType.UINT8, new long[] {FITS}, bytes);
    CheckpointIO writer = fresh(io);
    assertThatThrownBy(() -> writer.save(Checkpoint.of(Map.of("tensor", tensor)), path))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining(path.toString());
    save(writer, 2, FITS, path);
    assertHolds(io, 2, path);
  }

  private static void removeAll(Path runs) {
    try {
      run("rm", "-rf", runs.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A run's folder may be a link to another disk: what is written aside must be there too. */
  @ParameterizedTest
  @MethodSource("backends")
  void theFolderMayBeOnAnotherDisk(CheckpointIO io) throws Exception {
    Path disk = mount("size=4m");
    Path runs = Files.createSymbolicLink(folder.resolve("runs"), disk);
    Path path = runs.resolve("one" + io.suffix());
    save(io, 1, FITS, path);
    save(io, 2, FITS, path);
    assertHolds(io, 2, path);
    assertThat(names(disk)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void permissionsAreThoseOfAnyNewFile(CheckpointIO io) throws Exception {
    assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "permissions");
    Path path = folder.resolve("one" + io.suffix());
    save(io, 1, FITS, path);
    Path plain = Files.createFile(folder.resolve("plain"));
    Path file = Files.isDirectory(path) ? path.resolve("manifest.json") : path;
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(plain));
  }
}
