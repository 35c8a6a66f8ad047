package io.levin.testkit.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * Which process of a job it is, of {@code perNode} on each of {@code nodes} nodes, filled node by
 * node.
 */
public record Place(int nodes, int perNode, int nodeRank, int localRank) {
  public int size() {
    return nodes * perNode;
  }

  public int globalRank() {
    return nodeRank * perNode + localRank;
  }

  /** Every process of a job, by global rank. */
  public static List<Place> all(int nodes, int perNode) {
    List<Place> places = new ArrayList<>();
    for (int node = 0; node < nodes; node++) {
      for (int local = 0; local < perNode; local++) {
        places.add(new Place(nodes, perNode, node, local));
      }
    }
    return places;
  }

  @Override
  public String toString() {
    return "rank %d of %d×%d".formatted(globalRank(), nodes, perNode);
  }
}
