package io.levin.checkpoint.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.DurableFile;
import io.levin.checkpoint.TensorPaths;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import io.levin.it.s3.S3Server;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bad way to a real server: what passes is survived, what stays is said. */
class S3FaultTest {
  private static final int LARGE = 17 << 20;
  private static final Predicate<String> PUT = head -> head.startsWith("PUT ");
  private static final Predicate<String> PART = head -> head.contains("partNumber=2");
  private static final Predicate<String> COMPLETE =
      head -> head.startsWith("POST ") && head.contains("uploadId=");
  private static final Predicate<String> GET =
      head -> head.startsWith("GET ") && !head.contains("list-type");
  private static final Predicate<String> ANY = head -> true;

  private final CheckpointIO format = new TorchCheckpointIO();
  private FaultyProxy proxy;
  private Path file;
  private Path direct;

  @BeforeEach
  void proxy() throws Exception {
    S3Server server = S3Server.running();
    proxy = new FaultyProxy(server.port());
    String address = "s3://levin/%s/one.ckpt".formatted(UUID.randomUUID());
    file = new TestSettings(proxy.endpoint()).storage().path(address);
    direct = new TestSettings(server.endpoint()).storage().path(address);
    save(1, 1024, direct);
  }

  /**
   * This server forgets the object as well as the parts when an upload is given up, as S3 does not;
   * so it does not get to hear of it.
   */
  private void keepsGivenUpUploads() {
    proxy.answers(head -> head.startsWith("DELETE ") && head.contains("uploadId="), 100, 204, "");
  }

  @AfterEach
  void close() throws Exception {
    proxy.close();
  }

  private void save(long seed, int bytes, Path path) {
    format.save(Checkpoint.of(TestSettings.tree(seed, bytes)), path);
  }

  private void assertHolds(long seed, int bytes) {
    format.verify(direct);
    try (Checkpoint loaded = format.load(direct)) {
      TensorPaths.of(TestSettings.tree(seed, bytes))
          .forEach(
              (name, tensor) ->
                  assertThat(Digest.sha256(TensorPaths.of(loaded.root()).get(name)))
                      .isEqualTo(Digest.sha256(tensor)));
    }
  }

  @Test
  void aBrokenConnectionIsTriedAgain() {
    proxy.cutsRequest(PART, 2, 1 << 20);
    save(2, LARGE, file);
    assertHolds(2, LARGE);
    assertThat(proxy.requests().stream().filter(PART)).hasSizeGreaterThan(2);
  }

  @Test
  void aSmallOneWhoseAnswerIsLostIsWrittenOnce() {
    proxy.cutsAnswer(PUT, 1, 0);
    save(2, 1024, file);
    assertHolds(2, 1024);
  }

  @Test
  void aLargeOneWhoseAnswerIsLostIsWrittenOnce() {
    proxy.cutsAnswer(COMPLETE, 1, 0);
    save(2, LARGE, file);
    assertHolds(2, LARGE);
  }

  @Test
  void anOverloadedStoreIsAskedAgain() {
    proxy.answers(PART, 2, 503, "SlowDown");
    save(2, LARGE, file);
    assertHolds(2, LARGE);
  }

  @Test
  void aStoreThatStaysOverloadedFailsTheSaveAndTheOldOneStays() {
    keepsGivenUpUploads();
    proxy.answers(PART, 100, 503, "SlowDown");
    assertThatThrownBy(() -> save(2, LARGE, file))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("503 SlowDown, 4 times");
    assertHolds(1, 1024);
    assertThat(proxy.requests().stream().filter(head -> head.startsWith("DELETE ")))
        .as("what was sent is forgotten")
        .isNotEmpty();
  }

  @Test
  void aStoreThatIsNotThereIsSaid() throws Exception {
    Path nowhere =
        new TestSettings("http://127.0.0.1:" + S3Server.freePort(), 2, true, 24)
            .storage()
            .path("s3://levin/one.ckpt");
    assertThatThrownBy(() -> save(2, 1024, nowhere))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("'s3://levin/one.ckpt'")
        .hasMessageContaining("refuses the connection, 2 times");
    assertThatThrownBy(() -> format.load(nowhere))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("refuses the connection");
    assertThatThrownBy(() -> Files.exists(nowhere)).isInstanceOf(LevinException.class);
  }

  @Test
  void whatFailsWhileItIsWrittenLeavesTheOldOne() {
    keepsGivenUpUploads();
    assertThatThrownBy(
            () ->
                DurableFile.write(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.allocate(LARGE));
                      throw new IllegalStateException("in the middle");
                    }))
        .hasMessage("in the middle");
    assertHolds(1, 1024);
  }

  @Test
  void credentialsThatExpireAreSaid() {
    proxy.answers(ANY, 100, 400, "ExpiredToken");
    assertThatThrownBy(() -> save(2, 1024, file))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining(file.toString());
    assertHolds(1, 1024);
  }

  @Test
  void credentialsThatExpireWithinASaveAreSaid() {
    keepsGivenUpUploads();
    proxy.answers(PART, 100, 400, "ExpiredToken");
    assertThatThrownBy(() -> save(2, LARGE, file))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("the credentials have expired");
    assertHolds(1, 1024);
  }

  @Test
  void whoMayNotWriteIsToldSo() {
    proxy.answers(PUT, 100, 403, "AccessDenied");
    assertThatThrownBy(() -> save(2, 1024, file))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("answers 403 AccessDenied");
    assertHolds(1, 1024);
  }

  @Test
  void aBucketThatIsNotThereIsSaid() {
    Path path = file.getFileSystem().getPath("s3://no-such-bucket/one.ckpt");
    assertThatThrownBy(() -> save(2, 1024, path))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("there is no such bucket");
  }

  @Test
  void aReadThatBreaksIsTriedAgain() {
    save(2, LARGE, direct);
    proxy.cutsAnswer(GET, 2, 100_000);
    proxy.delays(GET, 1, 300);
    format.verify(file);
  }

  @Test
  void oneThatIsReplacedWhileItIsReadIsNotMixedWithTheNew() {
    save(2, LARGE, direct);
    try (Checkpoint loaded = format.load(file)) {
      save(3, LARGE, direct);
      assertThatThrownBy(() -> Digest.sha256(TensorPaths.of(loaded.root()).get("state_dict/large")))
          .isInstanceOf(LevinException.class)
          .isNotInstanceOf(BadCheckpointException.class)
          .hasMessageContaining("has been replaced while it was read");
    }
  }
}
