package io.levin.cluster.slurm;

import io.levin.cluster.ScheduledJob.Requeue;
import io.levin.cluster.Variables;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** What SLURM says about the job and the step that a process belongs to. */
final class SLURMJob {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
  private static final Set<String> SHELLS = Set.of("bash", "interactive");

  private final Variables variables;

  SLURMJob(Variables variables) {
    this.variables = variables;
  }

  Optional<String> name() {
    return variables.raw("SLURM_JOB_NAME");
  }

  Optional<String> id() {
    return isInteractive() ? Optional.empty() : number("SLURM_JOB_ID");
  }

  /** The name that {@code scontrol} takes: of an array's task, {@code ARRAY_TASK}. */
  Optional<String> requeueId() {
    Optional<String> array = number("SLURM_ARRAY_JOB_ID");
    Optional<String> task = number("SLURM_ARRAY_TASK_ID");
    return isInteractive() || array.isEmpty() || task.isEmpty()
        ? id()
        : Optional.of(array.get() + "_" + task.get());
  }

  /** Steps of one job are runs of their own; they have the same numbers after a requeue. */
  Optional<String> runId() {
    String step = number("SLURM_STEP_ID").filter(n -> !n.equals("0")).map(n -> "." + n).orElse("");
    return requeueId().map(id -> id + step);
  }

  Optional<Requeue> requeue(String signal) {
    return requeueId().map(id -> new Requeue(signal, List.of("scontrol", "requeue", id)));
  }

  int restartCount() {
    return variables.optionalNumber("SLURM_RESTART_COUNT").orElse(0);
  }

  OptionalInt cpusPerTask() {
    return variables.optionalNumber("SLURM_CPUS_PER_TASK");
  }

  /**
   * Whether this is a shell in which somebody sits, whose processes the user or Levin starts: by
   * its name, or a single task on a terminal.
   */
  boolean isInteractive() {
    return name().filter(SHELLS::contains).isPresent()
        || (variables.has("SLURM_PTY_PORT")
            && variables.raw("SLURM_STEP_NUM_TASKS").filter("1"::equals).isPresent());
  }

  /** Whether srun started this process, and not the job's script. */
  boolean isStep() {
    return variables.has("SLURM_STEP_ID");
  }

  /**
   * The port of this job on every node: 15000 and the last four digits of the job's number. Later
   * steps of a job get others, since several may run at once.
   */
  Optional<Integer> port() {
    String id = variables.raw("SLURM_JOB_ID").orElse("");
    String digits = id.substring(Math.max(0, id.length() - 4)).replaceAll("[^0-9]", "");
    if (digits.isEmpty()) {
      return Optional.empty();
    }
    long step = number("SLURM_STEP_ID").map(Long::parseLong).filter(n -> n < 1 << 30).orElse(0L);
    return Optional.of((int) (15_000 + (Integer.parseInt(digits) + 1_009 * step) % 10_000));
  }

  private Optional<String> number(String name) {
    return variables.raw(name).filter(value -> NUMBER.matcher(value).matches());
  }
}
