package io.levin.cluster;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A {@link ClusterEnvironment} to whose processes nobody tells their ranks: the strategy works them
 * out and hands them over. Where a scheduler gives the ranks they are not up for change, and its
 * environment does not have this.
 */
@ConsumerType
public interface AssignsRanks {
  /**
   * Sets what {@link ClusterEnvironment#globalRank} and {@link ClusterEnvironment#worldSize} answer
   * from now on.
   *
   * @throws IllegalArgumentException unless {@code 0 <= globalRank < worldSize}
   */
  void assignRanks(int globalRank, int worldSize);
}
