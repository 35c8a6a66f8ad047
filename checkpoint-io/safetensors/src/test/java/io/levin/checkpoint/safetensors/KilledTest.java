package io.levin.checkpoint.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed at any moment of saving leaves a whole checkpoint. */
class KilledTest {
  private static final int KILLS = 12;

  @TempDir private Path folder;

  @Test
  void whatWasSavedLastIsWhole() throws IOException, InterruptedException {
    Random random = new Random(1);
    Path path = folder.resolve("last.safetensors.d");
    for (int kill = 0; kill < KILLS; kill++) {
      long reported = runAndKill(path, random.nextInt(120));
      try (Checkpoint checkpoint = new SafetensorsCheckpointIO().load(path)) {
        Map<?, ?> root = (Map<?, ?>) checkpoint.root();
        long count = (Long) root.get("count");
        // Nothing that was reported as saved is lost.
        assertThat(count).isGreaterThanOrEqualTo(reported);
        assertThat(bytes((Tensor) root.get("tensor"))).containsOnly((byte) count);
      }
      for (Path any : checkpoints()) {
        new SafetensorsCheckpointIO().verify(any);
      }
    }
    // The next save removes what the killed ones left.
    try (Checkpoint checkpoint = new SafetensorsCheckpointIO().load(path)) {
      new SafetensorsCheckpointIO().save(checkpoint, path);
    }
    SafetensorsCheckpointIO io = new SafetensorsCheckpointIO();
    io.save(Checkpoint.of(Map.of()), folder.resolve("another"));
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".levin-tmp"));
    }
    try (Stream<Path> files = Files.list(path)) {
      assertThat(files).hasSize(2);
    }
    assertThat(checkpoints()).contains(path).allMatch(io::recognizes);
  }

  private List<Path> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.toString().endsWith(".levin-tmp")).toList();
    }
  }

  private static byte[] bytes(Tensor tensor) {
    ByteBuffer bytes = ByteBuffer.allocate((int) tensor.size());
    tensor.read(0, bytes);
    return bytes.array();
  }

  /** Gives the number of the last checkpoint that the process said it had saved. */
  private static long runAndKill(Path path, long millis) throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                "io.levin.checkpoint.safetensors.SaveForever",
                path.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      String first = out.readLine();
      process.waitFor(millis, TimeUnit.MILLISECONDS);
      process.toHandle().destroyForcibly(); // the process's own method would close its output
      process.waitFor();
      List<String> rest = out.lines().toList();
      return Long.parseLong(rest.isEmpty() ? first : rest.get(rest.size() - 1));
    } finally {
      process.destroyForcibly();
    }
  }
}
