package io.levin.benchmarks;

import io.levin.data.Dataset;
import io.levin.launcher.Levin;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Samples per second of 784-1024-1024-10, batch 256 a process, Adam, one thread each: one process
 * against several with DDP, in turns, with the Trainer's own time of a step beside.
 */
public final class DDPSpeed {
  private static final int[] WIDTHS = {784, 1024, 1024, 10};
  private static final int BATCH = 256;
  private static final int STEPS = 60;
  private static final int ROUNDS = 3;
  private static final int TURNS = 3;

  private DDPSpeed() {}

  /**
   * @param arguments the number of processes, 2 unless given; or, of a rank: rank and size
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 2) {
      rank(Integer.parseInt(arguments[1]));
      return;
    }
    int size = arguments.length == 0 ? 2 : Integer.parseInt(arguments[0]);
    double[] ratios = new double[TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
      double one = rate(1);
      double several = rate(size);
      ratios[turn] = several / one;
      System.out.printf(
          "one process %.0f samples/s, %d processes %.0f: %.2f times; a step takes %.1f and %.1f ms%n",
          one, size, several, ratios[turn], 1000 * BATCH / one, 1000.0 * BATCH * size / several);
    }
    System.out.printf("median: %.2f times%n", TinyStep.median(ratios));
  }

  /** Of all processes together. */
  private static double rate(int size) throws IOException, InterruptedException {
    String port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = Integer.toString(socket.getLocalPort());
    }
    List<Process> ranks = new ArrayList<>();
    for (int rank = 0; rank < size; rank++) {
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-Xmx512m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  DDPSpeed.class.getName(),
                  Integer.toString(rank),
                  Integer.toString(size))
              .redirectError(ProcessBuilder.Redirect.DISCARD); // the engine's talk
      builder
          .environment()
          .putAll(
              Map.of(
                  "LOCAL_RANK",
                  Integer.toString(rank),
                  "MASTER_ADDR",
                  "127.0.0.1",
                  "MASTER_PORT",
                  port));
      ranks.add(builder.start());
    }
    double rate = 0;
    for (Process rank : ranks) {
      try (BufferedReader said = rank.inputReader()) {
        rate +=
            said.lines()
                .filter(line -> line.startsWith("rate "))
                .mapToDouble(line -> Double.parseDouble(line.substring(5)))
                .sum();
      }
      if (rank.waitFor() != 0) {
        throw new IOException("A rank failed.");
      }
    }
    return rate;
  }

  private static void rank(int size) {
    Dataset data = Mlp.data(WIDTHS, BATCH * 40);
    double[] rates = new double[ROUNDS];
    try (Levin levin = Levin.start()) {
      TrainerLoop trainer = new TrainerLoop(levin, WIDTHS, data, BATCH);
      String line = size == 1 ? "" : "--strategy ddp --devices " + size;
      for (int round = -1; round < ROUNDS; round++) {
        long nanos = trainer.run(STEPS, 1, line);
        if (round >= 0) {
          rates[round] = STEPS * BATCH * 1e9 / nanos;
        }
      }
    }
    System.out.println("rate " + TinyStep.median(rates));
  }
}
