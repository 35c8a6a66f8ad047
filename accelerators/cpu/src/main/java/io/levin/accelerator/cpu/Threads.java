package io.levin.accelerator.cpu;

import io.levin.arguments.TrainerArguments;
import io.levin.plan.Request;
import java.util.Map;

/**
 * How many threads libtorch gets in each process, and who says so.
 *
 * @param from completes "N threads: …"
 */
record Threads(int count, String from) {
  private static final String OPENMP = "OMP_NUM_THREADS";
  private static final String SLURM_TASK = "SLURM_CPUS_PER_TASK";
  private static final String SLURM_NODE = "SLURM_CPUS_ON_NODE";

  /**
   * What was asked for, in the argument or in a variable; else an equal share of the machine.
   *
   * @param processors that the system lets this process have: of a container, its own
   * @param processes of the run on this machine
   */
  static Threads choose(Request request, int processors, int processes) {
    Integer asked = request.arguments().get(TrainerArguments.THREADS);
    if (asked != null) {
      return new Threads(asked, "--threads");
    }
    Map<String, String> environment = request.surroundings().environment();
    for (String variable : new String[] {OPENMP, SLURM_TASK}) {
      int count = number(environment.get(variable));
      if (count > 0) {
        return new Threads(count, variable);
      }
    }
    int allotted = number(environment.get(SLURM_NODE));
    boolean isAllotted = allotted > 0 && allotted < processors;
    int there = isAllotted ? allotted : processors;
    String from = isAllotted ? SLURM_NODE : there == 1 ? "1 processor" : there + " processors";
    return new Threads(
        Math.max(1, there / processes),
        processes == 1 ? from : "%s, %d processes".formatted(from, processes));
  }

  /** The first number of a variable such as {@code 4} or {@code 4,2}; 0 for anything else. */
  private static int number(String value) {
    String first = value == null ? "" : value.split("[,(]", 2)[0].strip();
    return first.matches("[0-9]{1,5}") ? Integer.parseInt(first) : 0;
  }
}
