package io.levin.strategy.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with half the data each have the gradients of one that has it all. */
class DDPStrategyTest {
  @TempDir private Path folder;

  @Test
  void sharesParametersGradientsAndDecisions() throws IOException, InterruptedException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    List<Process> ranks = new ArrayList<>();
    try {
      for (int rank = 0; rank < 2; rank++) {
        ranks.add(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-DOPT_OUT_TRACKING=true",
                    "-Dai.djl.offline=true",
                    "-Dai.djl.pytorch.num_threads=1",
                    "-cp",
                    System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")),
                    "io.levin.strategy.builtin.DDPMember",
                    Integer.toString(rank),
                    "2",
                    Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out" + rank).toFile())
                .start());
      }
      for (int rank = 0; rank < 2; rank++) {
        boolean ended = ranks.get(rank).waitFor(120, TimeUnit.SECONDS);
        String said = Files.readString(folder.resolve("out" + rank));
        assertThat(ended).as(said).isTrue();
        assertThat(said).contains("all good");
      }
    } finally {
      ranks.forEach(Process::destroyForcibly);
    }
  }
}
