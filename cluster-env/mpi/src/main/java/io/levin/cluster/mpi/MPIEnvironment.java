package io.levin.cluster.mpi;

import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.ClusterException;
import io.levin.cluster.Detection;
import io.levin.cluster.Launched;
import io.levin.cluster.Problem;
import io.levin.cluster.Variables;
import io.levin.plan.Surroundings;
import java.util.List;
import java.util.Map;

/**
 * What {@code mpirun} (Open MPI) or {@code mpiexec} (MPICH and its kin, with Hydra) tells the
 * processes it starts. No MPI library is loaded.
 *
 * <p>MPI's variables say how many processes there are on this node, but neither which node this is
 * nor where rank 0 runs. With all processes on one node both are plain; beyond that {@code
 * MASTER_ADDR} must be set, and the node's number follows from ranks that are filled node by node,
 * or is given as {@code NODE_RANK}.
 */
public final class MPIEnvironment implements ClusterEnvironment {
  private static final int DEFAULT_PORT = 12_910;

  private final Variables variables;
  private final Names names;

  /** The variables of one MPI implementation. */
  private record Names(String size, String rank, String localSize, String localRank) {}

  private static final Names OPEN_MPI =
      new Names(
          "OMPI_COMM_WORLD_SIZE",
          "OMPI_COMM_WORLD_RANK",
          "OMPI_COMM_WORLD_LOCAL_SIZE",
          "OMPI_COMM_WORLD_LOCAL_RANK");
  private static final Names HYDRA =
      new Names("PMI_SIZE", "PMI_RANK", "MPI_LOCALNRANKS", "MPI_LOCALRANKID");

  public MPIEnvironment(Map<String, String> environment) {
    this.variables = new Variables(environment, "Start the processes with mpirun or mpiexec.");
    this.names = variables.has(HYDRA.size()) && !variables.has(OPEN_MPI.size()) ? HYDRA : OPEN_MPI;
  }

  /** A single process needs no MPI, so it is left to others. */
  static Detection detect(Surroundings surroundings) {
    Detection last = Detection.absent("");
    for (Names names : List.of(HYDRA, OPEN_MPI)) {
      last = Detection.byVariables(surroundings, names.size(), names.rank());
      if (last.found()) {
        String size = surroundings.environment().get(names.size());
        last =
            size.equals("1") || size.equals("0")
                ? Detection.absent("%s is %s".formatted(names.size(), size))
                : last;
      }
      if (last.found()) {
        return last;
      }
    }
    return last;
  }

  @Override
  public boolean createsProcessesExternally() {
    return true;
  }

  @Override
  public String mainAddress() {
    return variables
        .optionalAddress("MASTER_ADDR")
        .orElseGet(
            () -> {
              if (localSize() < worldSize()) {
                throw new ClusterException(
                    "MASTER_ADDR",
                    "MASTER_ADDR is not set, and MPI does not say on which node rank 0 runs.",
                    "Start it with mpirun -x MASTER_ADDR=HOST (Open MPI) or mpiexec -genv"
                        + " MASTER_ADDR HOST, with the host of rank 0.");
              }
              return "127.0.0.1";
            });
  }

  /** {@code MASTER_PORT}, else one that follows from Open MPI's name for the job. */
  @Override
  public int mainPort() {
    return variables
        .port("MASTER_PORT")
        .orElseGet(
            () ->
                variables
                    .raw("PMIX_NAMESPACE")
                    .map(job -> 15_000 + Math.floorMod(job.hashCode(), 10_000))
                    .orElse(DEFAULT_PORT));
  }

  @Override
  public int worldSize() {
    return variables.count(names.size());
  }

  @Override
  public int globalRank() {
    return variables.number(names.rank());
  }

  @Override
  public int localRank() {
    return variables.number(names.localRank());
  }

  @Override
  public int nodeRank() {
    if (variables.has("NODE_RANK")) {
      return variables.number("NODE_RANK");
    }
    int localSize = localSize();
    if (localSize >= worldSize()) {
      return 0;
    }
    if (globalRank() % localSize != localRank()) {
      throw new ClusterException(
          "NODE_RANK",
          ("Rank %d is number %d of %d on its node, so ranks are not"
                  + " filled node by node, and NODE_RANK is not set.")
              .formatted(globalRank(), localRank(), localSize),
          "Start it with mpirun --map-by slot and as many processes on each node, or set NODE_RANK"
              + " on each.");
    }
    return globalRank() / localSize;
  }

  @Override
  public List<Problem> validateSettings(int devices, int nodes) {
    return Launched.check(
        this,
        names.size(),
        names.rank(),
        devices,
        nodes,
        "mpirun -n %d".formatted(devices * (long) nodes));
  }

  private int localSize() {
    return variables.count(names.localSize());
  }
}
