package io.levin.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointIO;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A rank that is killed while several save, at any moment, leaves one whole checkpoint, the old or
 * the new. More kills than two: {@code -Dlevin.kills=100}.
 */
class RankedSavesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void whatIsThereIsWhole(int killed) throws IOException, InterruptedException {
    Random random = new Random();
    for (int kill = 0; kill < Integer.getInteger("levin.kills", 2); kill++) {
      Path place = folder.resolve("kept.safetensors.d");
      List<Process> ranks = start(place);
      try {
        waitFor("saved 2", ranks);
        Thread.sleep(random.nextInt(150));
        ranks.get(killed).destroyForcibly();
        for (Process rank : ranks) {
          assertThat(rank.waitFor(120, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(said(1 - killed)).contains("the other is gone");
      } finally {
        ranks.forEach(Process::destroyForcibly);
      }
      check(place);
    }
  }

  private List<Process> start(Path place) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    List<Process> ranks = new ArrayList<>();
    for (int rank = 0; rank < 2; rank++) {
      ranks.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-DOPT_OUT_TRACKING=true",
                  "-Dai.djl.offline=true",
                  "-Dai.djl.pytorch.num_threads=1",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  "io.levin.core.RankedSaves",
                  Integer.toString(rank),
                  Integer.toString(port),
                  place.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("out" + rank).toFile())
              .start());
    }
    return ranks;
  }

  private String said(int rank) throws IOException {
    return Files.readString(folder.resolve("out" + rank));
  }

  private void waitFor(String words, List<Process> ranks) throws IOException, InterruptedException {
    while (!said(0).contains(words)) {
      assertThat(ranks).as(said(0) + said(1)).allMatch(Process::isAlive);
      Thread.sleep(10);
    }
  }

  /** Everything in it is of one save. */
  private static void check(Path place) {
    SafetensorsCheckpointIO io = new SafetensorsCheckpointIO();
    io.verify(place);
    try (Checkpoint checkpoint = io.load(place)) {
      long number = (Long) ((Map<?, ?>) checkpoint.root()).get("n");
      Map<String, Tensor> tensors = TensorPaths.of(checkpoint.root());
      assertThat(tensors.get("state_dict/weight").shape()).containsExactly(64, 512);
      for (Tensor tensor : tensors.values()) {
        ByteBuffer bytes = ByteBuffer.allocate((int) tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
        tensor.read(0, bytes);
        bytes.flip();
        while (bytes.hasRemaining()) {
          assertThat(bytes.getFloat()).isEqualTo(number);
        }
      }
    }
  }
}
