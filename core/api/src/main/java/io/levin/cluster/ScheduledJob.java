package io.levin.cluster;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A {@link ClusterEnvironment} whose scheduler knows the run as a job, with a number and a life of
 * its own.
 */
@ConsumerType
public interface ScheduledJob {
  /**
   * How the scheduler gives a job back before its time is up.
   *
   * @param signal what it sends as a warning, for example {@code SIGUSR1}
   * @param command what puts the job back into the queue, to be run without a shell
   */
  record Requeue(String signal, List<String> command) {
    public Requeue {
      command = List.copyOf(command);
    }
  }

  /** The job's number; empty in an interactive shell. */
  Optional<String> jobId();

  Optional<String> jobName();

  /**
   * What tells this run from all others of the scheduler, and stays when the job is started again;
   * fit for the name of a folder. Empty in an interactive shell.
   */
  default Optional<String> runId() {
    return jobId();
  }

  /** How often the job was started again, 0 the first time. */
  int restartCount();

  /** Cores that this process may use. */
  OptionalInt cpusPerTask();

  /** How to requeue this job; empty when it is not to be requeued, or cannot. */
  Optional<Requeue> requeue();

  /** Why there is no way to requeue it, as a clause. Asked only where there is none. */
  default String whyNotRequeued() {
    return "its scheduler does not say how";
  }
}
