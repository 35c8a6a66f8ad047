package io.levin.cluster.slurm;

import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.ClusterException;
import io.levin.cluster.Launched;
import io.levin.cluster.Problem;
import io.levin.cluster.Problem.Collector;
import io.levin.cluster.ScheduledJob;
import io.levin.cluster.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What SLURM's {@code srun} tells the processes of a job step. */
public final class SLURMEnvironment implements ClusterEnvironment, ScheduledJob {
  private static final int DEFAULT_PORT = 12_910;

  private final Variables variables;
  private final SLURMJob job;
  private final Optional<String> requeueSignal;

  public SLURMEnvironment(Map<String, String> environment) {
    this(environment, Optional.of("SIGUSR1"));
  }

  /**
   * @param requeueSignal the signal that means "requeue me"; empty to leave requeuing alone
   */
  public SLURMEnvironment(Map<String, String> environment, Optional<String> requeueSignal) {
    this.variables = new Variables(environment, "Start the processes with srun.");
    this.job = new SLURMJob(variables);
    this.requeueSignal = requeueSignal;
  }

  @Override
  public boolean createsProcessesExternally() {
    return true;
  }

  /** {@code MASTER_ADDR}, else the first node of the step, else of the job. */
  @Override
  public String mainAddress() {
    return variables.optionalAddress("MASTER_ADDR").orElseGet(this::firstNode);
  }

  @Override
  public int mainPort() {
    return variables.port("MASTER_PORT").orElseGet(() -> job.port().orElse(DEFAULT_PORT));
  }

  @Override
  public int worldSize() {
    return variables.count("SLURM_NTASKS");
  }

  @Override
  public int globalRank() {
    return variables.number("SLURM_PROCID");
  }

  @Override
  public int localRank() {
    return variables.number("SLURM_LOCALID");
  }

  @Override
  public int nodeRank() {
    return variables.number("SLURM_NODEID");
  }

  @Override
  public Optional<String> jobId() {
    return job.id();
  }

  @Override
  public Optional<String> jobName() {
    return job.name();
  }

  @Override
  public Optional<String> runId() {
    return job.runId();
  }

  @Override
  public int restartCount() {
    return job.restartCount();
  }

  @Override
  public OptionalInt cpusPerTask() {
    return job.cpusPerTask();
  }

  @Override
  public Optional<Requeue> requeue() {
    return requeueSignal.flatMap(job::requeue);
  }

  @Override
  public String whyNotRequeued() {
    if (requeueSignal.isEmpty()) {
      return "auto-requeue of SLURMEnvironment is false";
    }
    return job.isInteractive()
        ? "this is an interactive SLURM shell, which ends with its time"
        : "SLURM_JOB_ID is not set to a number";
  }

  /** In an interactive shell the user starts what they like, so nothing is held against it. */
  @Override
  public List<Problem> validateSettings(int devices, int nodes) {
    if (job.isInteractive()) {
      return List.of();
    }
    String relaunch = "srun --nodes=%d --ntasks-per-node=%d".formatted(nodes, devices);
    List<Problem> problems =
        new ArrayList<>(
            Launched.check(this, "SLURM_NTASKS", "SLURM_PROCID", devices, nodes, relaunch));
    problems.addAll(
        new Collector()
            .ask(() -> checkNodes(nodes, relaunch))
            .ask(() -> variables.optionalNumber("SLURM_NTASKS_PER_NODE"))
            .problems());
    return problems;
  }

  @Override
  public List<String> warnings(int devices, int nodes) {
    List<String> warnings = new ArrayList<>();
    if (job.isInteractive()) {
      warnings.add("This is an interactive SLURM shell: SLURM starts no processes in it.");
    } else if (!job.isStep() && globalRank() == 0 && worldSize() > 1) {
      warnings.add(
          ("The job has %d tasks, but this process does not look started by srun; put srun before"
                  + " the command.")
              .formatted(worldSize()));
    }
    tasksPerNode()
        .filter(tasks -> tasks != devices)
        .ifPresent(
            tasks ->
                warnings.add(
                    "SLURM_NTASKS_PER_NODE is %d, but there are %d devices per node."
                        .formatted(tasks, devices)));
    return warnings;
  }

  private Optional<Integer> tasksPerNode() {
    try {
      OptionalInt tasks = variables.optionalNumber("SLURM_NTASKS_PER_NODE");
      return tasks.isPresent() ? Optional.of(tasks.getAsInt()) : Optional.empty();
    } catch (ClusterException e) {
      return Optional.empty(); // validateSettings says so
    }
  }

  private void checkNodes(int nodes, String relaunch) {
    int launched = variables.optionalNumber("SLURM_NNODES").orElse(nodes);
    if (launched != nodes) {
      throw new ClusterException(
          "SLURM_NNODES",
          "SLURM_NNODES is %d, but num-nodes is %d.".formatted(launched, nodes),
          "Give --num-nodes %d, or start it with %s.".formatted(launched, relaunch));
    }
  }

  private String firstNode() {
    String name = variables.firstOf("SLURM_STEP_NODELIST", "SLURM_NODELIST", "SLURM_JOB_NODELIST");
    Optional<String> list = variables.raw(name);
    if (list.isEmpty()) {
      return "127.0.0.1";
    }
    try {
      return HostList.parse(list.get()).first();
    } catch (IllegalArgumentException e) {
      throw new ClusterException(
          name,
          "%s is '%s', which is not a host list: %s."
              .formatted(name, Variables.shown(list.get()), e.getMessage()),
          "Write it as SLURM does, for example node[01-04,07], or set MASTER_ADDR.");
    }
  }
}
