package io.levin.benchmarks;

import java.util.Locale;

/**
 * What a measured latency and bandwidth mean for more processes than a machine holds: the usual
 * cost model of all-reduce, for a step that computes first and then shares its gradients.
 */
public final class ScalingModel {
  private static final int LARGEST = 4096;

  private ScalingModel() {}

  /**
   * @param arguments latency of a message in µs, bandwidth in GB/s, gradients in MB, computing time
   *     of a step in ms
   */
  public static void main(String[] arguments) {
    double latency = Double.parseDouble(arguments[0]) * 1e-6;
    double perByte = 1 / (Double.parseDouble(arguments[1]) * 1e9);
    double bytes = Double.parseDouble(arguments[2]) * 1e6;
    double step = Double.parseDouble(arguments[3]) * 1e-3;
    System.out.printf(
        Locale.ROOT,
        "ring: latency outweighs bandwidth from %.0f ranks; it costs as much as the step from %.0f%n",
        bytes * perByte / latency,
        (step - 2 * bytes * perByte) / (2 * latency));
    System.out.println(
        "| ranks | ring, ms | of one's speed each | halving, ms | of one's speed each |");
    System.out.println("| --- | --- | --- | --- | --- |");
    for (int ranks = 8; ranks <= LARGEST; ranks *= 2) {
      double bandwidth = 2.0 * (ranks - 1) / ranks * bytes * perByte;
      double ring = 2.0 * (ranks - 1) * latency + bandwidth;
      double halving = 2 * Math.log(ranks) / Math.log(2) * latency + bandwidth;
      System.out.printf(
          Locale.ROOT,
          "| %,d | %.1f | %.0f %% | %.1f | %.0f %% |%n",
          ranks,
          ring * 1e3,
          100 * step / (step + ring),
          halving * 1e3,
          100 * step / (step + halving));
    }
  }
}
