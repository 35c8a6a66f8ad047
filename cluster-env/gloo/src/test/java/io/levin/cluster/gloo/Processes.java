package io.levin.cluster.gloo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ranks as processes of their own, each with a Java of its own. */
final class Processes implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Path folder;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  Processes(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = socket.getLocalPort();
    }
  }

  /** A port that was free a moment ago. */
  int port() {
    return port;
  }

  /** Starts {@code size} ranks of a scenario. */
  Processes start(String scenario, int size) throws IOException {
    for (int rank = 0; rank < size; rank++) {
      startOne(scenario, rank, size);
    }
    return this;
  }

  /** Starts one rank; its number here is the count of those before. */
  Process startOne(String scenario, int rank, int size) throws IOException {
    Process process =
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
                "io.levin.cluster.gloo.Member",
                scenario,
                Integer.toString(rank),
                Integer.toString(size),
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(out(processes.size()).toFile())
            .start();
    processes.add(process);
    return process;
  }

  /** What a process has written so far. */
  String said(int number) throws IOException {
    return Files.readString(out(number));
  }

  /** Waits until a process has written this. */
  void waitFor(int number, String words) throws IOException, InterruptedException {
    for (long i = 0; i < PATIENCE_SECONDS * 100; i++) {
      if (said(number).contains(words)) {
        return;
      }
      assertThat(processes.get(number).isAlive()).as(said(number)).isTrue();
      Thread.sleep(10);
    }
    throw new AssertionError("It never said '" + words + "': " + said(number));
  }

  Process process(int number) {
    return processes.get(number);
  }

  /** Waits for the end of a process, which must come. */
  int end(int number) throws IOException, InterruptedException {
    boolean ended = processes.get(number).waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(ended).as("process %d ends: %s", number, said(number)).isTrue();
    return processes.get(number).exitValue();
  }

  /** Waits for the end of them all, which must be a good one. */
  void succeed() throws IOException, InterruptedException {
    boolean good = true;
    StringBuilder everything = new StringBuilder();
    for (int i = 0; i < processes.size(); i++) {
      good &= end(i) == 0;
      everything.append("--- ").append(i).append('\n').append(said(i));
    }
    assertThat(good).as(everything.toString()).isTrue();
  }

  /** The one line in which a process reported its failure. */
  String failure(int number) throws IOException, InterruptedException {
    assertThat(end(number)).as(said(number)).isEqualTo(Member.FAILED);
    assertThat(said(number)).doesNotContain("Exception raised from", "frame #", "\tat ");
    return said(number)
        .lines()
        .filter(line -> line.startsWith(Member.FAILURE))
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  private Path out(int number) {
    return folder.resolve("out" + number);
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }
}
