package io.levin.checkpoint.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that is killed at any moment of saving leaves a whole checkpoint. Two hundred are;
 * while one saves and is killed, the next is starting.
 */
class KilledTest {
  private static final int KILLS = Integer.getInteger("levin.kills", 200);

  @TempDir private Path folder;

  /** A process, and the name under which it saves. */
  private record Saving(Process process, Path path) {}

  @Test
  void whatWasSavedLastIsWhole() throws IOException, InterruptedException {
    Random random = new Random(1);
    Queue<Saving> starting = new ArrayDeque<>();
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        while (starting.size() < 2) {
          starting.add(
              start(folder.resolve("last%d.ckpt".formatted((kill + starting.size()) % 2))));
        }
        Saving saving = starting.remove();
        long reported = kill(saving, random.nextInt(20_000));
        assertWhole(saving.path(), reported);
      }
    } finally {
      for (Saving saving : starting) {
        saving.process().destroyForcibly().waitFor();
      }
    }
    // The next save removes what the killed ones left.
    Path path = folder.resolve("last0.ckpt");
    try (Checkpoint checkpoint = new TorchCheckpointIO().load(path)) {
      new TorchCheckpointIO().save(checkpoint, path);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(path, folder.resolve("last1.ckpt"));
    }
  }

  private static void assertWhole(Path path, long reported) {
    new TorchCheckpointIO().verify(path);
    try (Checkpoint checkpoint = new TorchCheckpointIO().load(path)) {
      Map<?, ?> root = (Map<?, ?>) checkpoint.root();
      long count = (Long) root.get("count");
      // Nothing that was reported as saved is lost.
      assertThat(count).isGreaterThanOrEqualTo(reported);
      assertThat(bytes((Tensor) root.get("tensor"))).containsOnly((byte) count);
    }
  }

  private static byte[] bytes(Tensor tensor) {
    ByteBuffer bytes = ByteBuffer.allocate((int) tensor.size());
    tensor.read(0, bytes);
    return bytes.array();
  }

  /** As cheap as a JVM is: with the classes it needs, and no more. */
  private static Saving start(Path path) throws IOException {
    String classPath =
        Stream.of(SaveForever.class, TorchCheckpointIO.class, Tuple.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
            .reduce((one, other) -> one + File.pathSeparator + other)
            .orElseThrow();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx64m",
                "-cp",
                classPath,
                "io.levin.checkpoint.torch.SaveForever",
                path.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Saving(process, path);
  }

  /** Gives the number of the last checkpoint that the process said it had saved. */
  private static long kill(Saving saving, int micros) throws IOException, InterruptedException {
    Process process = saving.process();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      String first = out.readLine();
      TimeUnit.MICROSECONDS.sleep(micros);
      process.toHandle().destroyForcibly(); // the process's own method would close its output
      process.waitFor();
      List<String> rest = out.lines().toList();
      return Long.parseLong(rest.isEmpty() ? first : rest.get(rest.size() - 1));
    } finally {
      process.destroyForcibly();
    }
  }
}
