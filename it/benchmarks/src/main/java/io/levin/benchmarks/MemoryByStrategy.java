package io.levin.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.levin.callback.Callback;
import io.levin.launcher.Levin;
import io.levin.module.LevinModule;
import io.levin.trainer.Trainer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Two processes on one machine: by how much each grows while it trains 17 million parameters with
 * AdamW (parameters, gradients and optimizer state are 256 MiB of float32), by strategy.
 */
public final class MemoryByStrategy {
  private static final int[] WIDTHS = {2048, 2048, 2048, 2048, 2048, 10};
  private static final int BATCH = 8;
  private static final int STEPS = 6;
  private static final String[] STRATEGIES = {
    "ddp", "ddp_sharded", "fsdp", "deepspeed_stage_1", "deepspeed_stage_3"
  };

  private MemoryByStrategy() {}

  /**
   * @param arguments nothing, or of one rank: the strategy
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length == 1) {
      rank(arguments[0]);
      return;
    }
    System.out.println("| strategy, rank | MiB more after six steps |");
    System.out.println("|---|---|");
    for (String strategy : STRATEGIES) {
      pair(strategy);
    }
  }

  private static void pair(String strategy) throws IOException, InterruptedException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    List<Process> ranks = new ArrayList<>();
    for (int rank = 0; rank < 2; rank++) {
      ProcessBuilder builder =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-Xms128m",
                  "-Xmx256m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  MemoryByStrategy.class.getName(),
                  strategy)
              .inheritIO();
      Map<String, String> environment = builder.environment();
      environment.put("MASTER_ADDR", "127.0.0.1");
      environment.put("MASTER_PORT", Integer.toString(port));
      environment.put("NODE_RANK", "0");
      environment.put("LOCAL_RANK", Integer.toString(rank));
      ranks.add(builder.start());
    }
    for (Process rank : ranks) {
      if (rank.waitFor() != 0) {
        throw new IOException("A rank failed.");
      }
    }
  }

  private static void rank(String strategy) {
    try (Levin levin = Levin.start()) {
      TrainerLoop loop = new TrainerLoop(levin, WIDTHS, Mlp.data(WIDTHS, 2 * BATCH * STEPS), BATCH);
      try (NDManager manager = NDManager.newBaseManager()) {
        manager.zeros(new Shape(1)); // the engine is there
      }
      long before = Memory.resident();
      loop.run(
          STEPS,
          1,
          "--devices 2 --strategy " + strategy,
          new Callback() {
            @Override
            public void onTrainBatchEnd(
                Trainer trainer, LevinModule module, NDArray loss, NDList batch, int index) {
              if (trainer.globalStep() == STEPS) {
                System.out.printf(
                    "| %s, %d | %d |%n",
                    strategy, trainer.strategy().globalRank(), (Memory.resident() - before) / 1024);
              }
            }
          });
    }
  }
}
