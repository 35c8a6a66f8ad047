package io.levin.checkpoint.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import io.levin.it.s3.S3Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A process that is killed, or has little memory, while it writes a large checkpoint. */
class KilledUploadTest {
  private final TorchCheckpointIO format = new TorchCheckpointIO();
  private final String address = "s3://levin/%s/one.ckpt".formatted(UUID.randomUUID());

  private Process writer(String endpoint, int mebibytes) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx72m",
            "-Dhttp.keepAlive=false",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SaveUntilKilled.class.getName(),
            endpoint,
            address,
            Integer.toString(mebibytes))
        .redirectErrorStream(true)
        .start();
  }

  @Test
  void killedInTheMiddleLeavesTheOldOneAndWhatIsLeftIsRemovedByTheNextSave() throws Exception {
    S3Server server = S3Server.running();
    S3Storage storage = new TestSettings(server.endpoint(), 4, true, 0).storage();
    Path path = storage.path(address);
    format.save(Checkpoint.of(TestSettings.tree(1, 1024)), path);
    try (FaultyProxy proxy = new FaultyProxy(server.port())) {
      Process writer = writer(proxy.endpoint(), 48);
      while (proxy.requests().stream().noneMatch(head -> head.contains("partNumber=3"))) {
        assertThat(writer.isAlive()).as("it still writes").isTrue();
        Thread.sleep(20);
      }
      writer.destroyForcibly().waitFor();
    }
    format.verify(path);
    assertThat(epoch(path)).isEqualTo(1L);
    S3Objects objects = new S3Objects(new TestSettings(server.endpoint(), 4, true, 0));
    assertThat(uploads(objects)).isEqualTo(1);
    S3Storage later = new TestSettings(server.endpoint(), 4, true, 0).storage();
    format.save(Checkpoint.of(TestSettings.tree(3, 1024)), later.path(address));
    assertThat(uploads(objects)).isZero();
    assertThat(epoch(path)).isEqualTo(3L);
  }

  private Object epoch(Path path) {
    try (Checkpoint loaded = format.load(path)) {
      return ((Map<?, ?>) loaded.root()).get("epoch");
    }
  }

  private long uploads(S3Objects objects) {
    return objects.raw(
        client ->
            client.listMultipartUploads(request -> request.bucket("levin")).uploads().stream()
                .filter(upload -> address.endsWith(upload.key()))
                .count());
  }

  @Test
  void oneLargerThanTheMemoryIsWritten() throws Exception {
    S3Server server = S3Server.running();
    Process writer = writer(server.endpoint(), 112);
    String said = new String(writer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(writer.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(said).contains("saved");
    Path path = new TestSettings(server.endpoint()).storage().path(address);
    format.verify(path);
  }
}
