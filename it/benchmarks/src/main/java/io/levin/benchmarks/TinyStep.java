package io.levin.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.levin.data.Dataset;
import io.levin.launcher.Levin;
import java.util.Arrays;

/**
 * What the Trainer adds to a step that takes hardly any time: 32-32-1, batch 8, SGD, one thread.
 */
public final class TinyStep {
  private static final int[] WIDTHS = {32, 32, 1};
  private static final int BATCH = 8;
  private static final int STEPS = 10_000;
  private static final int ROUNDS = 9;

  private TinyStep() {}

  public static void main(String[] arguments) {
    Dataset data = Mlp.data(WIDTHS, BATCH * 1024);
    try (Levin levin = Levin.start()) {
      Engine.getInstance();
      JniUtils.setNumThreads(1);
      TrainerLoop trainer = new TrainerLoop(levin, WIDTHS, data, BATCH);
      double[] lean = new double[ROUNDS];
      double[] fit = new double[ROUNDS];
      double[] added = new double[ROUNDS];
      for (int round = -2; round < ROUNDS; round++) { // two rounds to warm up
        double leanMicros;
        try (LeanLoop loop = new LeanLoop(WIDTHS, data)) {
          loop.run(100, BATCH);
          long start = System.nanoTime();
          loop.run(STEPS, BATCH);
          leanMicros = (System.nanoTime() - start) / 1e3 / STEPS;
        }
        double fitMicros = trainer.run(STEPS, 1, "--precision 32") / 1e3 / STEPS;
        System.out.printf("lean %.1f us, Trainer %.1f us%n", leanMicros, fitMicros);
        if (round >= 0) {
          lean[round] = leanMicros;
          fit[round] = fitMicros;
          added[round] = fitMicros - leanMicros;
        }
      }
      System.out.printf(
          "median us a step: lean %.1f, Trainer %.1f, added %.1f%n",
          median(lean), median(fit), median(added));
    }
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
