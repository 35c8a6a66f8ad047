package io.levin.cli.launch;

import io.levin.LevinException;
import io.levin.arguments.PluginReference;
import io.levin.arguments.TrainerArguments;
import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.cluster.World;
import io.levin.plan.Choice;
import io.levin.plan.Family;
import io.levin.plan.Plan;
import io.levin.plan.Settings;
import io.levin.plan.Surroundings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The places of this machine's processes in a run, and what each is told of its own.
 *
 * @param local how many processes run on this machine
 * @param node number of this machine
 * @param world how many processes the run has
 * @param port of rank 0, free a moment ago where nobody gave one
 */
record Places(int local, int node, int world, String address, int port) {

  /** Whether a run needs processes that nobody starts unless we do. */
  static boolean areOurs(Plan plan) {
    return World.size(plan) > 1
        && plan.choice(Family.STRATEGY).setting(Settings.SEVERAL_PROCESSES, Boolean.class, false)
        && !plan.choice(Family.CLUSTER_ENVIRONMENT).setting(Settings.EXTERNAL, Boolean.class, true);
  }

  /**
   * Of a plan for which {@link #areOurs}.
   *
   * @throws LevinException where machines have no port that all of them know
   */
  static Places of(Plan plan, Surroundings here) {
    for (String name : List.of("MASTER_ADDR", "MASTER_PORT")) {
      if (plan.numNodes() > 1 && !here.environment().containsKey(name)) {
        throw LevinException.user(
            "The run has %d nodes, and %s is not set.".formatted(plan.numNodes(), name),
            "Start it on every node with the same MASTER_ADDR and MASTER_PORT, those of the first,"
                + " and with NODE_RANK from 0.");
      }
    }
    ClusterEnvironment environment = environment(plan, here);
    return new Places(
        plan.parallelDevices(),
        environment.nodeRank(),
        World.size(plan),
        environment.mainAddress(),
        environment.mainPort());
  }

  private static ClusterEnvironment environment(Plan plan, Surroundings here) {
    Choice choice = plan.choice(Family.CLUSTER_ENVIRONMENT);
    if (!(choice.offer() instanceof ClusterEnvironmentOffer offer)) {
      throw LevinException.user(
          "%s starts no processes, and cannot be asked where they are to meet."
              .formatted(choice.name()),
          "Start all processes yourself, or leave the plugin out.");
    }
    Map<String, String> options =
        plan.arguments().get(TrainerArguments.PLUGINS).stream()
            .filter(reference -> reference.name().equals(choice.name()))
            .findFirst()
            .map(PluginReference::options)
            .orElse(Map.of());
    return offer.environment(here, options);
  }

  /** Number among all processes. */
  int rank(int localRank) {
    return node * local + localRank;
  }

  Map<String, String> variables(int localRank) {
    return Map.of(
        "LOCAL_RANK", Integer.toString(localRank),
        "NODE_RANK", Integer.toString(node),
        "WORLD_SIZE", Integer.toString(world),
        "MASTER_ADDR", address,
        "MASTER_PORT", Integer.toString(port));
  }

  /** What a process finds around it that is in this place. */
  Surroundings surroundings(Surroundings here, int localRank) {
    Map<String, String> environment = new HashMap<>(here.environment());
    environment.putAll(variables(localRank));
    return new Surroundings(environment, here.hostname(), here.hardware(), here.files());
  }
}
