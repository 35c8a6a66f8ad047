package io.levin.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.levin.torch.LazyDevice;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two processes, each with an emulated device and half of every batch, train as one with all. */
class EmulatedTPUsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"tpu, 32", "tpu, bf16", "hpu, 32"})
  void twoTrainAsOne(String kind, String precision) throws IOException, InterruptedException {
    assumeTrue(LazyDevice.foreseen().isEmpty(), LazyDevice.foreseen());
    String line = "--accelerator %s --emulate --precision %s".formatted(kind, precision);
    List<Double> one =
        EmulatedTPUs.train(folder, line + " --devices 1", 2 * EmulatedTPUs.BATCH, Map.of());
    List<List<Double>> two = two(line + " --devices 2");
    int steps = one.size() - 1;
    assertThat(two.get(0)).hasSize(steps + 1);
    double tolerance = precision.equals("32") ? 1e-5 : 5e-3;
    for (int i = 0; i < steps; i++) {
      assertThat((two.get(0).get(i) + two.get(1).get(i)) / 2)
          .as("step %d", i)
          .isCloseTo(one.get(i), offset(tolerance));
    }
    assertThat(two.get(0).get(steps))
        .as("the weights, bit for bit")
        .isEqualTo(two.get(1).get(steps));
  }

  private List<List<Double>> two(String line) throws IOException, InterruptedException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    List<Process> ranks = new ArrayList<>();
    try {
      for (int rank = 0; rank < 2; rank++) {
        ranks.add(start(rank, port, line));
      }
      List<List<Double>> said = new ArrayList<>();
      for (int rank = 0; rank < 2; rank++) {
        boolean ended = ranks.get(rank).waitFor(180, TimeUnit.SECONDS);
        String out = Files.readString(folder.resolve("out" + rank));
        assertThat(ended).as(out).isTrue();
        assertThat(ranks.get(rank).exitValue()).as(out).isZero();
        said.add(
            Files.readAllLines(folder.resolve("rank" + rank)).stream()
                .map(Double::valueOf)
                .toList());
      }
      return said;
    } finally {
      ranks.forEach(Process::destroyForcibly);
    }
  }

  private Process start(int rank, int port, String line) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-DOPT_OUT_TRACKING=true",
            "-Dai.djl.offline=true",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            EmulatedTPUs.class.getName(),
            folder.toString(),
            Integer.toString(rank),
            Integer.toString(port),
            line)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out" + rank).toFile())
        .start();
  }
}
