package io.levin.cluster;

import java.util.ArrayList;
import java.util.List;

/** Holds what a launcher did against what the user asked for. */
public final class Launched {
  private Launched() {}

  /**
   * What is wrong with the numbers of processes, if anything.
   *
   * @param sizeVariable where the launcher says how many processes it started
   * @param rankVariable where it says which of them this is
   * @param relaunch the launcher's command that would start the right number
   */
  public static List<Problem> check(
      ClusterEnvironment environment,
      String sizeVariable,
      String rankVariable,
      int devices,
      int nodes,
      String relaunch) {
    List<Problem> problems = new ArrayList<>();
    int size = environment.worldSize();
    long wanted = (long) devices * nodes;
    if (size != wanted) {
      problems.add(
          new Problem(
              sizeVariable,
              "%s is %d, but %s on %s make %d processes."
                  .formatted(
                      sizeVariable, size, count(devices, "device"), count(nodes, "node"), wanted),
              "Start it with %s%s.".formatted(relaunch, orSettings(size, devices, nodes))));
    }
    if (environment.globalRank() >= size) {
      problems.add(
          new Problem(
              rankVariable,
              "%s is %d, but ranks of %d processes end at %d."
                  .formatted(rankVariable, environment.globalRank(), size, size - 1),
              "Start it with %s.".formatted(relaunch)));
    }
    return problems;
  }

  private static String orSettings(int size, int devices, int nodes) {
    if (size % nodes == 0) {
      return ", or give --devices %d".formatted(size / nodes);
    }
    return size % devices == 0 ? ", or give --num-nodes %d".formatted(size / devices) : "";
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
