package io.levin.cluster.slurm;

import java.util.ArrayList;
import java.util.List;

/**
 * A list of hosts as SLURM writes it: names separated by commas or spaces, each with any number of
 * bracketed groups of numbers and ranges, as in {@code login,rack[0-3]_blade[08-11]-ib}.
 *
 * <p>A number keeps the width it is written with. Of several groups the last varies fastest, then
 * the first, the second and so on, as in SLURM's own expansion. What follows the last group is part
 * of the name, which SLURM's own parser does not allow. A range that runs backwards can be asked
 * for its first host, but has no expansion.
 */
final class HostList {
  /** More hosts than any cluster has; an expansion that would have more is refused. */
  static final int MOST_HOSTS = 1 << 18;

  private final List<HostPattern> patterns;

  private HostList(List<HostPattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * @throws IllegalArgumentException when it is not a host list, saying where
   */
  static HostList parse(String text) {
    List<HostPattern> patterns = new HostListParser(text).patterns();
    if (patterns.isEmpty()) {
      throw new IllegalArgumentException("it names no host");
    }
    return new HostList(patterns);
  }

  /** The first host; its process of rank 0 is the main one. */
  String first() {
    return patterns.get(0).first();
  }

  /**
   * All hosts, in the order of the list, with repetitions.
   *
   * @throws IllegalArgumentException when a range runs backwards or there are more than {@link
   *     #MOST_HOSTS}
   */
  List<String> hosts() {
    long size = 0;
    for (HostPattern pattern : patterns) {
      size += pattern.size();
      if (size > MOST_HOSTS) {
        throw new IllegalArgumentException("it names more than %d hosts".formatted(MOST_HOSTS));
      }
    }
    List<String> hosts = new ArrayList<>((int) size);
    patterns.forEach(pattern -> pattern.expandInto(hosts));
    return hosts;
  }
}
