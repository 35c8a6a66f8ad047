package io.levin.checkpoint.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.DurableFile;
import io.levin.checkpoint.SupportsLinks;
import io.levin.checkpoint.TensorPaths;
import io.levin.checkpoint.async.AsyncCheckpointIO;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointIO;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import io.levin.it.s3.S3Server;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints in a real server. */
class S3CheckpointTest {
  /** More than two parts. */
  private static final int LARGE = 17 << 20;

  private static S3Storage storage;
  private final Path folder = storage.path("s3://levin/" + UUID.randomUUID());

  @BeforeAll
  static void server() throws Exception {
    storage = new TestSettings(S3Server.running().endpoint()).storage();
  }

  static Stream<SupportsLinks> formats() {
    return Stream.of(new TorchCheckpointIO(), new SafetensorsCheckpointIO());
  }

  private Path path(CheckpointIO format, String name) {
    return folder.resolve(name + format.suffix());
  }

  private static void save(CheckpointIO format, long seed, int bytes, Path path) {
    format.save(Checkpoint.of(TestSettings.tree(seed, bytes)), path);
  }

  private static Map<String, String> sums(Object root) {
    Map<String, String> sums = new LinkedHashMap<>();
    TensorPaths.of(root).forEach((name, tensor) -> sums.put(name, Digest.sha256(tensor)));
    return sums;
  }

  private static void assertHolds(CheckpointIO format, Path path, long seed, int bytes) {
    format.verify(path);
    try (Checkpoint loaded = format.load(path)) {
      assertThat(((Map<?, ?>) loaded.root()).get("epoch")).isEqualTo(seed);
      assertThat(sums(loaded.root())).isEqualTo(sums(TestSettings.tree(seed, bytes)));
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void smallAndLargeOnesComeBackBitForBit(SupportsLinks format) {
    Path small = path(format, "small");
    save(format, 1, 1024, small);
    assertHolds(format, small, 1, 1024);
    Path large = path(format, "large");
    save(format, 2, LARGE, large);
    assertHolds(format, large, 2, LARGE);
    assertThat(format.recognizes(large)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("formats")
  void oneTakesThePlaceOfAnotherAndLeavesNothingOfIt(SupportsLinks format) throws IOException {
    Path path = path(format, "one");
    save(format, 1, 1024, path);
    long files = files();
    save(format, 2, 2048, path);
    assertHolds(format, path, 2, 2048);
    assertThat(files()).isEqualTo(files);
    format.remove(path);
    assertThat(Files.exists(path)).isFalse();
    assertThat(files()).isZero();
    format.remove(path); // there is none: nothing happens
  }

  private long files() throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aSecondNameLivesOnWhenTheFirstIsRemoved(SupportsLinks format) {
    Path path = path(format, "one");
    Path last = path(format, "last");
    save(format, 1, 1024, path);
    assertThat(format.link(path, last)).isTrue();
    save(format, 2, 1024, path);
    assertThat(format.link(path, last)).isTrue();
    format.remove(path);
    assertHolds(format, last, 2, 1024);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void whatIsNoCheckpointStays(SupportsLinks format) throws IOException {
    Path notes = folder.resolve("notes" + format.suffix());
    DurableFile.write(
        notes,
        channel ->
            channel.write(
                ByteBuffer.wrap("mine".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    assertThatThrownBy(() -> format.remove(notes)).hasMessageContaining("is no checkpoint");
    assertThat(Files.readString(notes)).isEqualTo("mine");
    assertThatThrownBy(() -> format.load(folder.resolve("none" + format.suffix())))
        .isInstanceOf(LevinException.class);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aFlippedByteIsFound(SupportsLinks format) throws IOException {
    Path path = path(format, "one");
    save(format, 1, 4096, path);
    Path file = format instanceof TorchCheckpointIO ? path : path.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    DurableFile.write(file, channel -> channel.write(ByteBuffer.wrap(bytes)));
    assertThatThrownBy(() -> format.verify(path)).isInstanceOf(BadCheckpointException.class);
  }

  @Test
  void aPartIsLoadedWithoutTheRest() throws Exception {
    Path path = folder.resolve("one.safetensors.d");
    SafetensorsCheckpointIO format = new SafetensorsCheckpointIO();
    save(format, 1, LARGE, path);
    try (FaultyProxy proxy = new FaultyProxy(S3Server.running().port());
        Checkpoint part =
            format.load(
                new TestSettings(proxy.endpoint()).storage().path(path.toString()),
                Set.of("state_dict/small"))) {
      assertThat(sums(part.root()))
          .isEqualTo(
              Map.of("state_dict/small", sums(TestSettings.tree(1, 64)).get("state_dict/small")));
      assertThat(proxy.answered()).isLessThan(1 << 20);
    }
  }

  @Test
  void oneWrittenBehindTheTrainingIsThereWhenItIsLoaded() {
    Path path = folder.resolve("one.ckpt");
    try (AsyncCheckpointIO format = new AsyncCheckpointIO(new TorchCheckpointIO(), 1)) {
      save(format, 1, LARGE, path);
      save(format, 2, 1024, path);
      assertThat(format.link(path, folder.resolve("last.ckpt"))).isTrue();
      assertHolds(format, folder.resolve("last.ckpt"), 2, 1024);
      assertThat(format.durable()).containsExactly(path, path, folder.resolve("last.ckpt"));
    }
  }

  @Test
  void whoeverWritesSecondFailsAndTheFirstStays() throws IOException {
    Path file = folder.resolve("file");
    byte[] theirs = {1};
    byte[] newer = {3};
    byte[] mine = {2};
    DurableFile.write(file, channel -> channel.write(ByteBuffer.wrap(theirs)));
    assertThatThrownBy(
            () ->
                DurableFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.wrap(mine));
                      DurableFile.write(file, other -> other.write(ByteBuffer.wrap(newer)));
                    }))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("somebody else has written or removed it meanwhile");
    assertThat(Files.readAllBytes(file)).isEqualTo(newer);
    assertThatThrownBy(() -> DurableFile.create(file, channel -> {}))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void foldersAreMadeOnceAndListed() throws IOException {
    Path runs = Files.createDirectories(folder.resolve("levin_runs"));
    Path version = Files.createDirectory(runs.resolve("version_0"));
    assertThatThrownBy(() -> Files.createDirectory(version))
        .isInstanceOf(FileAlreadyExistsException.class);
    DurableFile.write(version.resolve("a/b"), channel -> channel.write(ByteBuffer.allocate(3)));
    try (Stream<Path> children = Files.list(version)) {
      assertThat(children).containsExactly(version.resolve("a"));
    }
    assertThat(Files.isDirectory(version.resolve("a"))).isTrue();
    assertThat(Files.size(version.resolve("a/b"))).isEqualTo(3);
  }

  @Test
  void whatIsLargerThanOneCopyMayBeIsCopiedInParts() throws IOException {
    S3Path file = (S3Path) folder.resolve("file");
    byte[] content = new byte[11 << 20];
    new java.util.Random(1).nextBytes(content);
    DurableFile.write(file, channel -> channel.write(ByteBuffer.wrap(content)));
    S3Path copy = (S3Path) folder.resolve("copy");
    S3Objects objects = new S3Objects(new TestSettings(endpoint()));
    new ServerCopy(objects, 1 << 20, 5 << 20).copy(file, copy);
    assertThat(Files.readAllBytes(copy)).isEqualTo(content);
  }

  private static String endpoint() {
    try {
      return S3Server.running().endpoint();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void requestsNeedNoThreadsOfTheirOwnForLong() throws InterruptedException {
    save(new TorchCheckpointIO(), 1, LARGE, folder.resolve("one.ckpt"));
    List<String> names = List.of();
    for (int i = 0; i < 100; i++) {
      names =
          Thread.getAllStackTraces().keySet().stream()
              .map(Thread::getName)
              .filter(name -> name.startsWith("levin-s3") || name.contains("sdk-"))
              .toList();
      if (names.isEmpty()) {
        break;
      }
      Thread.sleep(100);
    }
    assertThat(names).isEmpty();
  }
}
