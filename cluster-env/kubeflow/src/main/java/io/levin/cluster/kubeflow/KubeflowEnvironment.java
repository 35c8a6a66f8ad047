package io.levin.cluster.kubeflow;

import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.ClusterException;
import io.levin.cluster.Detection;
import io.levin.cluster.Launched;
import io.levin.cluster.Problem;
import io.levin.cluster.Variables;
import io.levin.plan.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What Kubeflow's training operator tells its pods.
 *
 * <p>A pod holds one process unless {@code LOCAL_RANK} and {@code LOCAL_WORLD_SIZE} say otherwise.
 * Where the operator sets only the {@code PET_} variables, which are meant for torchrun, they serve
 * as well for pods of one process.
 */
public final class KubeflowEnvironment implements ClusterEnvironment {
  private static final String[] ONE_PROCESS = {
    "KUBERNETES_PORT", "MASTER_ADDR", "MASTER_PORT", "WORLD_SIZE", "RANK"
  };
  private static final String[] FOR_TORCHRUN = {
    "KUBERNETES_PORT", "PET_MASTER_ADDR", "PET_MASTER_PORT", "PET_NNODES", "PET_NODE_RANK"
  };
  private static final List<String> OF_TORCHRUN =
      List.of("GROUP_RANK", "LOCAL_RANK", "LOCAL_WORLD_SIZE");

  private final Variables variables;

  public KubeflowEnvironment(Map<String, String> environment) {
    this.variables =
        new Variables(
            environment, "Run it in a pod of a PyTorchJob, or leave KubeflowEnvironment out.");
  }

  static Detection detect(Surroundings surroundings) {
    for (String name : OF_TORCHRUN) {
      if (surroundings.environment().containsKey(name)) {
        return Detection.absent(name + " is set, which torchrun does and Kubeflow does not");
      }
    }
    Detection job = Detection.byVariables(surroundings, ONE_PROCESS);
    Detection pet = Detection.byVariables(surroundings, FOR_TORCHRUN);
    return !job.found() && pet.found() ? pet : job;
  }

  @Override
  public boolean createsProcessesExternally() {
    return true;
  }

  @Override
  public String mainAddress() {
    return variables.address(variables.firstOf("MASTER_ADDR", "PET_MASTER_ADDR"));
  }

  @Override
  public int mainPort() {
    String name = variables.firstOf("MASTER_PORT", "PET_MASTER_PORT");
    return variables.port(name).orElseThrow(() -> variables.missing(name));
  }

  @Override
  public int worldSize() {
    if (onlyForTorchrun()) {
      requireOneProcess();
    }
    return variables.count(sizeVariable());
  }

  @Override
  public int globalRank() {
    return variables.number(rankVariable());
  }

  @Override
  public int localRank() {
    if (!severalProcesses()) {
      return 0;
    }
    int rank = variables.number("LOCAL_RANK");
    int size = variables.count("LOCAL_WORLD_SIZE");
    if (rank >= size) {
      throw new ClusterException(
          "LOCAL_RANK",
          "LOCAL_RANK is %d, but LOCAL_WORLD_SIZE is %d.".formatted(rank, size),
          "Number the processes of a pod from 0 to %d.".formatted(size - 1));
    }
    return rank;
  }

  @Override
  public int nodeRank() {
    if (!severalProcesses()) {
      return globalRank();
    }
    return variables.has("GROUP_RANK")
        ? variables.number("GROUP_RANK")
        : globalRank() / variables.count("LOCAL_WORLD_SIZE");
  }

  @Override
  public List<Problem> validateSettings(int devices, int nodes) {
    int perPod = severalProcesses() ? variables.count("LOCAL_WORLD_SIZE") : 1;
    List<Problem> problems =
        new ArrayList<>(
            Launched.check(
                this,
                sizeVariable(),
                rankVariable(),
                devices,
                nodes,
                perPod == 1
                    ? "%d pods".formatted(devices * (long) nodes)
                    : "%d pods of %d processes".formatted(nodes, devices)));
    if (perPod > 1 && perPod != devices) {
      problems.add(
          new Problem(
              "LOCAL_WORLD_SIZE",
              "LOCAL_WORLD_SIZE is %d, but the pod is to use %d devices."
                  .formatted(perPod, devices),
              "Give --devices %d.".formatted(perPod)));
    }
    return problems;
  }

  @Override
  public List<String> warnings(int devices, int nodes) {
    return devices > 1 && !severalProcesses()
        ? List.of(
            ("A Kubeflow pod holds one process, which uses the first of its %d devices. For one "
                    + "pod of several processes, start it through torchrun; for one pod per "
                    + "device, give --devices 1 --num-nodes %d.")
                .formatted(devices, devices * (long) nodes))
        : List.of();
  }

  private boolean severalProcesses() {
    return variables.has("LOCAL_RANK") && variables.has("LOCAL_WORLD_SIZE");
  }

  private boolean onlyForTorchrun() {
    return !variables.has("WORLD_SIZE") && !variables.has("RANK") && variables.has("PET_NNODES");
  }

  private String sizeVariable() {
    return onlyForTorchrun() ? "PET_NNODES" : "WORLD_SIZE";
  }

  private String rankVariable() {
    return onlyForTorchrun() ? "PET_NODE_RANK" : "RANK";
  }

  private void requireOneProcess() {
    String name = "PET_NPROC_PER_NODE";
    String processes = variables.raw(name).orElse("1");
    if (!processes.equals("1")) {
      throw new ClusterException(
          name,
          "%s is '%s', but nothing started that many processes in this pod."
              .formatted(name, Variables.shown(processes)),
          "Start it through torchrun, which reads this variable, or set it to 1.");
    }
  }
}
