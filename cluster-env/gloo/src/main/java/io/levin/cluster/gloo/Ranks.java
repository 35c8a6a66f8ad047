package io.levin.cluster.gloo;

import java.util.List;
import java.util.stream.Collectors;

/** Ranks in sentences. */
final class Ranks {
  private Ranks() {}

  /** For example {@code rank 1}, or {@code ranks 1, 2 and 5}. */
  static String listed(List<Integer> ranks) {
    int last = ranks.size() - 1;
    if (last == 0) {
      return "rank " + ranks.get(0);
    }
    String before =
        ranks.subList(0, last).stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "ranks " + before + " and " + ranks.get(last);
  }
}
