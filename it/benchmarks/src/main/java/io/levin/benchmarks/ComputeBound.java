package io.levin.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.levin.data.Dataset;
import io.levin.launcher.Levin;

/** Samples per second where the arithmetic counts: 784-1024-1024-10, batch 256, Adam. */
public final class ComputeBound {
  private static final int[] WIDTHS = {784, 1024, 1024, 10};
  private static final int BATCH = 256;
  private static final int STEPS = 60;
  private static final int ROUNDS = 7;

  private ComputeBound() {}

  /**
   * @param arguments the precisions to compare with the lean loop in 32 bits
   */
  public static void main(String[] arguments) {
    String[] precisions = arguments.length == 0 ? new String[] {"32", "bf16"} : arguments;
    int threads = Integer.getInteger("threads", 2);
    Dataset data = Mlp.data(WIDTHS, BATCH * 40);
    try (Levin levin = Levin.start()) {
      Engine.getInstance();
      JniUtils.setNumThreads(threads);
      TrainerLoop trainer = new TrainerLoop(levin, WIDTHS, data, BATCH);
      double[][] rates = new double[precisions.length + 1][ROUNDS];
      for (int round = -1; round < ROUNDS; round++) {
        double[] now = new double[rates.length];
        try (LeanLoop loop = new LeanLoop(WIDTHS, data)) {
          loop.run(1, BATCH);
          long start = System.nanoTime();
          loop.run(STEPS, BATCH);
          now[0] = rate(System.nanoTime() - start);
        }
        for (int i = 0; i < precisions.length; i++) {
          now[i + 1] = rate(trainer.run(STEPS, threads, "--precision " + precisions[i]));
        }
        for (int i = 0; round >= 0 && i < now.length; i++) {
          rates[i][round] = now[i];
        }
      }
      double lean = TinyStep.median(rates[0]);
      System.out.printf("lean loop, 32: %.0f samples/s%n", lean);
      for (int i = 0; i < precisions.length; i++) {
        double rate = TinyStep.median(rates[i + 1]);
        double[] ratios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
          ratios[round] = rates[i + 1][round] / rates[0][round];
        }
        System.out.printf(
            "Trainer, %s: %.0f samples/s, %.3f of the lean loop%n",
            precisions[i], rate, TinyStep.median(ratios));
      }
    }
  }

  private static double rate(long nanos) {
    return STEPS * BATCH * 1e9 / nanos;
  }
}
