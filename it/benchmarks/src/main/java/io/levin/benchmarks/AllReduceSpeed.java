package io.levin.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.levin.cluster.gloo.GlooProcessGroups;
import io.levin.collective.ProcessGroup;
import io.levin.collective.Reduction;
import io.levin.collective.Rendezvous;
import io.levin.torch.Collectives;
import io.levin.torch.TensorList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Two processes on one machine: how long an all-reduce of 64 MiB takes against a copy of as much
 * memory, how long one of 4 bytes takes, and how much of that is our layer's. Where Python has a
 * torch, its own Gloo does the same in turns.
 */
public final class AllReduceSpeed {
  private static final int FLOATS = 16 << 20;
  private static final int LARGE_ROUNDS = 15;
  private static final int TINY_ROUNDS = 3000;
  private static final int TURNS = 3;

  /** What libtorch knows the second group of a process by. */
  private static final String SECOND_GROUP = "levin-2";

  private AllReduceSpeed() {}

  /**
   * @param arguments nothing, or of one rank: rank and port
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 2) {
      rank(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
      return;
    }
    Optional<String> python = python();
    if (python.isEmpty()) {
      System.out.println("Python has no torch here: nothing to compare with.");
    }
    for (int turn = 0; turn < TURNS; turn++) {
      pair(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-Xmx512m",
          "-cp",
          System.getProperty("java.class.path"),
          AllReduceSpeed.class.getName());
      if (python.isPresent()) {
        pair(python.get(), System.getProperty("levin.benchmarks") + "/all_reduce_speed.py");
      }
    }
  }

  /** A Python that has a torch. */
  private static Optional<String> python() throws InterruptedException {
    for (String command : List.of("python3", "/usr/bin/python3")) {
      try {
        if (new ProcessBuilder(command, "-c", "import torch").start().waitFor() == 0) {
          return Optional.of(command);
        }
      } catch (IOException e) {
        // There is no such Python.
      }
    }
    return Optional.empty();
  }

  private static void pair(String... command) throws IOException, InterruptedException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    List<Process> ranks = new ArrayList<>();
    for (int rank = 0; rank < 2; rank++) {
      List<String> words = new ArrayList<>(Arrays.asList(command));
      words.addAll(List.of(Integer.toString(rank), Integer.toString(port)));
      ranks.add(
          new ProcessBuilder(words)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD) // the engine's talk
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    }
    for (Process rank : ranks) {
      if (rank.waitFor() != 0) {
        throw new IOException("A rank failed.");
      }
    }
  }

  private static void rank(int rank, int port) {
    try (ProcessGroup group =
            new GlooProcessGroups().join(Rendezvous.of("127.0.0.1", port, rank, 2));
        NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      double large = large(group, manager);
      double copy = copy(manager);
      double[] tiny = tiny(group, manager);
      double[] layer = rank == 0 ? layer(port + 1, manager) : new double[2];
      if (rank == 0) {
        System.err.printf(
            "Levin: 64 MiB all-reduced in %.1f ms, copied in %.1f ms (%.1f times);"
                + " 4 bytes in %.0f us (fastest %.0f); in a group of one %.1f, and libtorch's"
                + " operation alone %.1f%n",
            large / 1e6,
            copy / 1e6,
            large / copy,
            tiny[1] / 1e3,
            tiny[0] / 1e3,
            layer[0] / 1e3,
            layer[1] / 1e3);
      }
      group.barrier();
    }
  }

  private static double large(ProcessGroup group, NDManager manager) {
    double[] nanos = new double[LARGE_ROUNDS];
    try (NDArray array = manager.zeros(new Shape(FLOATS))) {
      for (int round = -3; round < LARGE_ROUNDS; round++) {
        group.barrier();
        long start = System.nanoTime();
        group.allReduce(array, Reduction.SUM);
        if (round >= 0) {
          nanos[round] = System.nanoTime() - start;
        }
      }
    }
    return TinyStep.median(nanos);
  }

  private static double copy(NDManager manager) {
    double[] nanos = new double[LARGE_ROUNDS];
    try (NDArray from = manager.zeros(new Shape(FLOATS));
        NDArray to = manager.ones(new Shape(FLOATS))) {
      for (int round = -3; round < LARGE_ROUNDS; round++) {
        long start = System.nanoTime();
        Collectives.copy(from, to);
        if (round >= 0) {
          nanos[round] = System.nanoTime() - start;
        }
      }
    }
    return TinyStep.median(nanos);
  }

  /** The fastest and the median. */
  private static double[] tiny(ProcessGroup group, NDManager manager) {
    double[] nanos = new double[TINY_ROUNDS];
    try (NDArray array = manager.zeros(new Shape(1))) {
      for (int round = -TINY_ROUNDS; round < TINY_ROUNDS; round++) {
        long start = System.nanoTime();
        group.allReduce(array, Reduction.SUM);
        if (round >= 0) {
          nanos[round] = System.nanoTime() - start;
        }
      }
    }
    return new double[] {Arrays.stream(nanos).min().orElseThrow(), TinyStep.median(nanos)};
  }

  /**
   * What our layer takes of a call: in a group of one, where nothing is sent, against libtorch's
   * operation itself on the same group.
   */
  private static double[] layer(int port, NDManager manager) {
    double[] whole = new double[9];
    double[] bare = new double[whole.length];
    try (ProcessGroup alone = new GlooProcessGroups().join(Rendezvous.of("127.0.0.1", port, 0, 1));
        NDArray array = manager.zeros(new Shape(1));
        TensorList list = TensorList.of(List.of(array))) {
      for (int round = -2; round < whole.length; round++) {
        long start = System.nanoTime();
        for (int i = 0; i < TINY_ROUNDS; i++) {
          alone.allReduce(array, Reduction.SUM);
        }
        long between = System.nanoTime();
        for (int i = 0; i < TINY_ROUNDS; i++) {
          Collectives.startAllReduce(list, "sum", SECOND_GROUP);
          Collectives.await(list);
        }
        long end = System.nanoTime();
        if (round >= 0) {
          whole[round] = (between - start) / (double) TINY_ROUNDS;
          bare[round] = (end - between) / (double) TINY_ROUNDS;
        }
      }
    }
    return new double[] {TinyStep.median(whole), TinyStep.median(bare)};
  }
}
