package io.levin.cluster;

import io.levin.LevinException;
import io.levin.accelerator.Availability;
import io.levin.collective.ProcessGroup;
import io.levin.collective.ProcessGroups;
import io.levin.collective.Rendezvous;
import io.levin.plan.Creation;
import io.levin.plan.Plan;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Brings a planned run's processes together, for the strategies that need several. */
public final class World {
  /** How often this process has met others, by where. */
  private static final Map<String, Integer> MEETINGS = new ConcurrentHashMap<>();

  private World() {}

  /** How many processes the plan is for: one for every device of every node. */
  public static int size(Plan plan) {
    return plan.parallelDevices() * plan.numNodes();
  }

  /**
   * The group of all processes of a run; of this one alone where the plan has no more.
   *
   * @param timeout how long to wait for the others, here and in every operation after
   * @throws LevinException where nobody started the others, where processes cannot be joined, or
   *     where they do not come
   */
  public static ProcessGroup join(Creation creation, Duration timeout) {
    Plan plan = creation.plan();
    int size = size(plan);
    if (size == 1) {
      return ProcessGroup.alone();
    }
    ClusterEnvironment environment = creation.part(ClusterEnvironment.class).orElseThrow();
    if (!environment.createsProcessesExternally()) {
      throw LevinException.user(
          "The plan has %d processes, and nobody started the others.".formatted(size),
          "Run it with 'levin fit', which starts them; or start %d processes, each with its"
                  .formatted(size)
              + " LOCAL_RANK and NODE_RANK and all with the same MASTER_ADDR and MASTER_PORT.");
    }
    if (environment instanceof AssignsRanks ranks) {
      ranks.assignRanks(rank(environment, plan), size);
    }
    ProcessGroups groups =
        creation
            .part(ProcessGroups.class)
            .orElseThrow(
                () -> unavailable("no bundle makes process groups", "Add levin-cluster-gloo, or "));
    Availability availability = groups.availability();
    if (!availability.isAvailable()) {
      throw unavailable(availability.reason(), "Run on linux-x86_64 with DJL's own libtorch, or ");
    }
    String address = environment.mainAddress();
    int port = environment.mainPort();
    // A process that runs several fits is early at times: it must not meet those of the fit before
    int generation = MEETINGS.merge(address + " " + port, 1, Integer::sum) - 1;
    return groups.join(
        Rendezvous.of(address, port, environment.globalRank(), environment.worldSize())
            .generation(generation)
            .within(timeout));
  }

  private static int rank(ClusterEnvironment environment, Plan plan) {
    int local = environment.localRank();
    int node = environment.nodeRank();
    if (local >= plan.parallelDevices() || node >= plan.numNodes()) {
      throw LevinException.user(
          "LOCAL_RANK is %d and NODE_RANK is %d, but there are %d devices on each of %d nodes."
              .formatted(local, node, plan.parallelDevices(), plan.numNodes()),
          "Both count from 0: start one process for every device of every node.");
    }
    return node * plan.parallelDevices() + local;
  }

  private static LevinException unavailable(String reason, String instead) {
    return LevinException.environment(
        "Several processes cannot be joined here: %s.".formatted(reason),
        instead + "give --devices 1 --num-nodes 1.");
  }
}
