package io.levin.cluster.lsf;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Compares host names of which some are short ({@code h22n08}) and some long. */
final class HostNames {
  private HostNames() {}

  /** Index of the one host that is {@code name}; -1 when there is none, or no telling which. */
  static int find(String name, List<String> hosts) {
    String wanted = name.toLowerCase(Locale.ROOT);
    List<String> candidates = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    int exact = candidates.indexOf(wanted);
    if (exact >= 0) {
      return exact;
    }
    int[] similar =
        IntStream.range(0, candidates.size())
            .filter(
                i -> isShortFor(wanted, candidates.get(i)) || isShortFor(candidates.get(i), wanted))
            .toArray();
    return similar.length == 1 ? similar[0] : -1;
  }

  private static boolean isShortFor(String name, String full) {
    return !name.isEmpty() && name.indexOf('.') < 0 && full.startsWith(name + ".");
  }
}
