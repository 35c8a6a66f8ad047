package io.levin.cluster.local;

import io.levin.LevinException;
import io.levin.cluster.AssignsRanks;
import io.levin.cluster.ClusterEnvironment;
import io.levin.cluster.Problem;
import io.levin.cluster.Problem.Collector;
import io.levin.cluster.Variables;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * No scheduler: the user starts one process and Levin the others, or the user starts all of them
 * and tells each its {@code LOCAL_RANK}. The strategy assigns ranks; {@code RANK} and {@code
 * WORLD_SIZE} are not read.
 */
public final class LightningEnvironment implements ClusterEnvironment, AssignsRanks {
  private final Variables variables;
  private int globalRank;
  private int worldSize = 1;
  private int freePort;

  public LightningEnvironment(Map<String, String> environment) {
    this.variables =
        new Variables(environment, "Unset it, or give the value that this process is to have.");
  }

  @Override
  public boolean createsProcessesExternally() {
    return variables.has("LOCAL_RANK");
  }

  @Override
  public String mainAddress() {
    return variables.optionalAddress("MASTER_ADDR").orElse("127.0.0.1");
  }

  /**
   * {@code MASTER_PORT}, else a port that is free now. It is looked for when first asked, and stays
   * the same; processes that Levin starts must be told it.
   */
  @Override
  public int mainPort() {
    OptionalInt given = givenPort();
    if (given.isPresent()) {
      return given.getAsInt();
    }
    if (freePort == 0) {
      freePort = findFreePort();
    }
    return freePort;
  }

  @Override
  public int worldSize() {
    return worldSize;
  }

  @Override
  public int globalRank() {
    return globalRank;
  }

  @Override
  public void assignRanks(int globalRank, int worldSize) {
    if (globalRank < 0 || globalRank >= worldSize) {
      throw new IllegalArgumentException(
          "rank %d of %d processes".formatted(globalRank, worldSize));
    }
    this.globalRank = globalRank;
    this.worldSize = worldSize;
  }

  @Override
  public int localRank() {
    return variables.optionalNumber("LOCAL_RANK").orElse(0);
  }

  @Override
  public int nodeRank() {
    return variables.optionalNumber(variables.firstOf("NODE_RANK", "GROUP_RANK")).orElse(0);
  }

  /** Does not look for a free port. */
  @Override
  public List<Problem> problems() {
    return new Collector()
        .ask(this::localRank)
        .ask(this::nodeRank)
        .ask(this::mainAddress)
        .ask(this::givenPort)
        .problems();
  }

  private OptionalInt givenPort() {
    return variables.port(variables.firstOf("MASTER_PORT", "STANDALONE_PORT"));
  }

  private static int findFreePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw LevinException.resource(
          "No free port was found: " + e.getMessage(), "Give one in MASTER_PORT.", e);
    }
  }
}
