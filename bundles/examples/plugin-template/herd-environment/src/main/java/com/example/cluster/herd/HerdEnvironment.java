package com.example.cluster.herd;

import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.Launched;
import io.levin.cluster.Problem;
import io.levin.cluster.Variables;
import java.util.List;
import java.util.Map;

/** What the scheduler Herd tells the processes that {@code herd drive} starts. */
public final class HerdEnvironment implements ClusterEnvironment {
  private static final int DEFAULT_PORT = 12_911;

  private final Variables variables;

  public HerdEnvironment(Map<String, String> environment) {
    // The hint is what the user reads when a variable is missing.
    variables = new Variables(environment, "Start the processes with herd drive.");
  }

  @Override
  public boolean createsProcessesExternally() {
    return true;
  }

  @Override
  public String mainAddress() {
    return variables.address("HERD_LEAD");
  }

  @Override
  public int mainPort() {
    return variables.port("HERD_PORT").orElse(DEFAULT_PORT);
  }

  @Override
  public int worldSize() {
    return variables.count("HERD_SIZE");
  }

  @Override
  public int globalRank() {
    return variables.number("HERD_RANK");
  }

  @Override
  public int localRank() {
    return variables.number("HERD_SLOT");
  }

  @Override
  public int nodeRank() {
    return variables.number("HERD_FIELD");
  }

  /** Herd started a number of processes; the user may have asked Levin for another. */
  @Override
  public List<Problem> validateSettings(int devices, int nodes) {
    return Launched.check(
        this,
        "HERD_SIZE",
        "HERD_RANK",
        devices,
        nodes,
        "herd drive --fields %d --slots %d".formatted(nodes, devices));
  }
}
