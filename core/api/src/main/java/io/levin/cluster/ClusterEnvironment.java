package io.levin.cluster;

import io.levin.cluster.Problem.Collector;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What a launcher or scheduler tells one process about its place among the others.
 *
 * <p>Answers come from the process environment, which the implementation is given as a map; they do
 * not change while the environment lives. A question whose variable is missing or malformed throws
 * {@link ClusterException}, whose problem names it; {@link #problems} asks all of them. Instances
 * are used by one thread.
 */
@ConsumerType
public interface ClusterEnvironment {
  /**
   * Whether every process was started by somebody else, so that Levin must not start any. Never
   * throws.
   */
  boolean createsProcessesExternally();

  /** Host name or address on which the process of rank 0 can be reached. */
  String mainAddress();

  /** Port on which the processes meet, the same for all of them. */
  int mainPort();

  /** Number of processes. */
  int worldSize();

  /** Number of this process among all, from 0. */
  int globalRank();

  /** Number of this process among those of its node, from 0. */
  int localRank();

  /** Number of this process's node, from 0. */
  int nodeRank();

  /** Everything that keeps this environment from answering; empty when nothing does. */
  default List<Problem> problems() {
    return new Collector()
        .ask(this::worldSize)
        .ask(this::globalRank)
        .ask(this::localRank)
        .ask(this::nodeRank)
        .ask(this::mainAddress)
        .ask(this::mainPort)
        .problems();
  }

  /**
   * What contradicts a run of {@code devices} processes on each of {@code nodes} nodes. Asked only
   * when {@link #problems} is empty.
   */
  default List<Problem> validateSettings(int devices, int nodes) {
    return List.of();
  }

  /** What such a run should know although it is possible: whole sentences. Asked as above. */
  default List<String> warnings(int devices, int nodes) {
    return List.of();
  }

  /** The run is over: takes back what the environment left behind, if anything. */
  default void teardown() {}
}
