package io.levin.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointIO;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Runs of several processes, all cases of one number of ranks in the same ones. */
final class RankedRuns {
  private static final long PATIENCE_SECONDS = 1200;

  private final Path folder;
  private final int ranks;
  private final Map<String, String> cases = new LinkedHashMap<>();

  RankedRuns(Path parent, int ranks) throws IOException {
    this.ranks = ranks;
    this.folder = Files.createDirectories(parent.resolve("of" + ranks));
  }

  Path folder() {
    return folder;
  }

  /**
   * @param arguments of the command line, {@code @} for the folder, {@code #n} for a checkpoint
   *     after so many batches
   */
  RankedRuns add(String name, String arguments) {
    cases.put(name, arguments);
    return this;
  }

  /** Runs them all, in order. */
  RankedRuns run() throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, String> one : cases.entrySet()) {
      lines.add("%s|%d|%s".formatted(one.getKey(), freePort(), one.getValue()));
    }
    Files.write(folder.resolve("cases"), lines);
    List<Process> processes = new ArrayList<>();
    try {
      for (int rank = 0; rank < ranks; rank++) {
        processes.add(start(rank));
      }
      StringBuilder said = new StringBuilder();
      boolean good = true;
      for (int rank = 0; rank < ranks; rank++) {
        good &= processes.get(rank).waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        good &= !processes.get(rank).isAlive() && processes.get(rank).exitValue() == 0;
        said.append(Files.readString(folder.resolve("out" + rank)));
      }
      assertThat(good).as(said.toString()).isTrue();
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
    return this;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process start(int rank) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-DOPT_OUT_TRACKING=true",
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_threads=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "io.levin.core.RankedRun",
            Integer.toString(rank),
            Integer.toString(ranks),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("out" + rank).toFile())
        .start();
  }

  /** The losses of a case's steps, each the mean over all ranks. */
  double[] losses(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name + ".losses")).stream()
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  /** Why a case was refused; nothing where it ran. */
  Optional<String> refusal(String name) throws IOException {
    String said = Files.readString(folder.resolve(name + ".losses"));
    return said.startsWith("refused: ") ? Optional.of(said.substring(9)) : Optional.empty();
  }

  /** Bytes that a rank held of the state of training. */
  long held(String name, int rank) throws IOException {
    return Long.parseLong(Files.readString(folder.resolve(name + ".held" + rank)).strip());
  }

  /** The tensors of a checkpoint, by what they hold, but for random numbers. */
  Map<String, String> digests(String checkpoint) {
    Path path = folder.resolve(checkpoint);
    CheckpointIO io =
        Files.isDirectory(path) ? new SafetensorsCheckpointIO() : new TorchCheckpointIO();
    Map<String, String> digests = new TreeMap<>();
    try (Checkpoint opened = io.load(path)) {
      for (Map.Entry<String, Tensor> entry : TensorPaths.of(opened.root()).entrySet()) {
        digests.put(
            entry.getKey(),
            java.util.Arrays.toString(entry.getValue().shape()) + Digest.sha256(entry.getValue()));
      }
    }
    assertThat(digests).hasSizeGreaterThan(20);
    return digests;
  }
}
