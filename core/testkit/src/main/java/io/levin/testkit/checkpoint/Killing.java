package io.levin.testkit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.SupportsAsyncSave;
import io.levin.checkpoint.TensorPaths;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Another process saves again and again under one name and is killed; what it had reported as saved
 * must be there, whole. {@code -Dlevin.testkit.kills=200} kills as often.
 */
final class Killing {
  private static final int KILLS = Integer.getInteger("levin.testkit.kills", 2);

  private final Class<?> contract;
  private final Supplier<CheckpointIO> ios;
  private final Path path;

  Killing(Class<?> contract, Supplier<CheckpointIO> ios, Path path) {
    this.contract = contract;
    this.ios = ios;
    this.path = path;
  }

  void run() throws IOException, InterruptedException {
    Random random = new Random(3);
    for (int kill = 0; kill < KILLS; kill++) {
      int reported = saveAndKill(random.nextInt(60));
      CheckpointIO io = ios.get();
      io.verify(path);
      try (Checkpoint checkpoint = io.load(path)) {
        int kept =
            (int) TensorPaths.of(checkpoint.root()).get("tensor").elements() - SaveForever.SMALLEST;
        assertThat(kept).as("number of the last save").isGreaterThanOrEqualTo(reported);
        io.save(Checkpoint.of(checkpoint.root()), path);
      }
      if (io instanceof SupportsAsyncSave async) {
        async.flush();
      }
      assertThat(Probing.names(path.getParent()))
          .as("what the killed one left is removed by the next save")
          .containsExactly(path.getFileName().toString());
    }
  }

  /** Gives the number of the last save that was reported. */
  private int saveAndKill(int millis) throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath,
                SaveForever.class.getName(),
                contract.getName(),
                path.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      String first = out.readLine();
      assertThat(first).as("the first save of another process").isNotNull();
      process.waitFor(millis, TimeUnit.MILLISECONDS);
      process.toHandle().destroyForcibly(); // the process's own method would close its output
      process.waitFor();
      List<String> rest = out.lines().toList();
      return Integer.parseInt(rest.isEmpty() ? first : rest.get(rest.size() - 1));
    } finally {
      process.destroyForcibly();
    }
  }
}
