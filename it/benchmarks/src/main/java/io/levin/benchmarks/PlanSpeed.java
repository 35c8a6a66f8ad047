package io.levin.benchmarks;

import io.levin.arguments.Arguments;
import io.levin.launcher.Levin;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import java.util.Map;

/** What looking for every accelerator adds to a plan: the first time in a process, and later. */
public final class PlanSpeed {
  private static final int ROUNDS = 101;

  private PlanSpeed() {}

  public static void main(String[] arguments) {
    try (Levin levin = Levin.start()) {
      Surroundings here = Surroundings.here();
      Surroundings described =
          new Surroundings(
              here.environment(), here.hostname(), Hardware.of(Map.of()), here.files());
      plan(levin, described, "auto"); // the planner itself is loaded
      System.out.printf(
          "first plan that looks: %.1f ms; the next that does not: %.1f ms%n",
          plan(levin, here, "auto"), plan(levin, described, "auto"));
      System.out.printf("first that looks for lazy too: %.1f ms%n", plan(levin, here, "lazy"));
      double[] looks = new double[ROUNDS];
      double[] told = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        looks[round] = plan(levin, here, "auto");
        told[round] = plan(levin, described, "auto");
      }
      System.out.printf(
          "medians of %d: looking %.2f ms, told %.2f ms%n",
          ROUNDS, TinyStep.median(looks), TinyStep.median(told));
    }
  }

  private static double plan(Levin levin, Surroundings place, String accelerator) {
    long start = System.nanoTime();
    levin.trainers().plan(Line.over(Arguments.none(), "--accelerator " + accelerator), place);
    return (System.nanoTime() - start) / 1e6;
  }
}
