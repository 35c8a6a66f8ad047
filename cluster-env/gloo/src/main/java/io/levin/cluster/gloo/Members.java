package io.levin.cluster.gloo;

import io.levin.collective.Rendezvous;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Who is in a group, and how they reach each other.
 *
 * @param ranks their ranks in the world, by their rank in the group
 * @param prefix under which they meet in the store
 * @param bind the address of this machine
 */
record Members(List<Integer> ranks, String prefix, String bind, Duration timeout, Store store) {
  static Members world(Rendezvous where, String bind, Store store) {
    return new Members(
        IntStream.range(0, where.worldSize()).boxed().toList(),
        "levin/%d".formatted(where.generation()),
        bind,
        where.timeout(),
        store);
  }

  /**
   * @param ranks within this group
   * @param count how many groups of the same ranks there were before
   */
  Members some(List<Integer> chosen, int count) {
    List<Integer> inWorld = chosen.stream().map(ranks::get).toList();
    String name = inWorld.stream().map(String::valueOf).collect(Collectors.joining("-"));
    return new Members(inWorld, "%s/%s/%d".formatted(prefix, name, count), bind, timeout, store);
  }

  int size() {
    return ranks.size();
  }
}
