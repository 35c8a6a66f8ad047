package io.levin.cluster.torchelastic;

import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.Launched;
import io.levin.cluster.Problem;
import io.levin.cluster.Variables;
import java.util.List;
import java.util.Map;

/** What torchrun tells the processes it starts, be it alone or inside a scheduler's job. */
public final class TorchElasticEnvironment implements ClusterEnvironment {
  private static final int LAST_PORT = 65_535;
  private static final int DEFAULT_PORT = 12_910;

  private final Variables variables;

  public TorchElasticEnvironment(Map<String, String> environment) {
    this.variables = new Variables(environment, "Start the processes with torchrun.");
  }

  @Override
  public boolean createsProcessesExternally() {
    return true;
  }

  @Override
  public String mainAddress() {
    return variables.optionalAddress("MASTER_ADDR").orElse("127.0.0.1");
  }

  /**
   * {@code MASTER_PORT}; the next one where torchrun's own agent listens there, for processes that
   * speak its protocol.
   */
  @Override
  public int mainPort() {
    int port = variables.port("MASTER_PORT").orElse(DEFAULT_PORT);
    boolean isTaken =
        variables.raw("TORCHELASTIC_USE_AGENT_STORE").filter("True"::equals).isPresent();
    return !isTaken ? port : port < LAST_PORT ? port + 1 : port - 1;
  }

  @Override
  public int worldSize() {
    return variables.count("WORLD_SIZE");
  }

  @Override
  public int globalRank() {
    return variables.number("RANK");
  }

  @Override
  public int localRank() {
    return variables.number("LOCAL_RANK");
  }

  @Override
  public int nodeRank() {
    return variables.optionalNumber("GROUP_RANK").orElse(0);
  }

  @Override
  public List<Problem> validateSettings(int devices, int nodes) {
    return Launched.check(
        this,
        "WORLD_SIZE",
        "RANK",
        devices,
        nodes,
        "torchrun --nnodes=%d --nproc-per-node=%d".formatted(nodes, devices));
  }

  @Override
  public List<String> warnings(int devices, int nodes) {
    return nodes > 1 && !variables.has("MASTER_ADDR")
        ? List.of("MASTER_ADDR is not set: all %d nodes would look on themselves.".formatted(nodes))
        : List.of();
  }
}
