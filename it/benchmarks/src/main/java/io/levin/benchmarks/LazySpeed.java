package io.levin.benchmarks;

import ai.djl.engine.Engine;
import io.levin.data.Dataset;
import io.levin.launcher.Levin;

/** Steps of a small and of a wide network on the lazy device, against the CPU at once; in pairs. */
public final class LazySpeed {
  private static final int ROUNDS = 5;

  private LazySpeed() {}

  public static void main(String[] arguments) {
    try (Levin levin = Levin.start()) {
      Engine.getInstance();
      compare(levin, new int[] {16, 64, 64, 4}, 32, 1500);
      compare(levin, new int[] {512, 1024, 1024, 10}, 256, 40);
    }
  }

  private static void compare(Levin levin, int[] widths, int batch, int steps) {
    Dataset data = Mlp.data(widths, batch * 32);
    TrainerLoop loop = new TrainerLoop(levin, widths, data, batch);
    double[] ratios = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) { // one round to warm up
      double eager = loop.run(steps, 1, "--accelerator cpu") / 1e3 / steps;
      double lazy = loop.run(steps, 1, "--accelerator lazy") / 1e3 / steps;
      if (round >= 0) {
        ratios[round] = lazy / eager;
        System.out.printf(
            "%s, batch %d: cpu %.0f us a step, lazy %.0f us, %.2f times%n",
            java.util.Arrays.toString(widths), batch, eager, lazy, lazy / eager);
      }
    }
    System.out.printf("median of %d pairs: %.2f times%n", ROUNDS, TinyStep.median(ratios));
  }
}
