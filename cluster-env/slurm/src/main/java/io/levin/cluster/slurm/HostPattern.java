package io.levin.cluster.slurm;

import java.util.ArrayList;
import java.util.List;

/**
 * One entry of a host list: a name with groups of numbers in it.
 *
 * @param texts the fixed texts before, between and after the groups: one more than there are groups
 */
record HostPattern(List<String> texts, List<List<Range>> groups) {

  /**
   * Numbers in a row.
   *
   * @param width the least number of digits; shorter numbers have zeros in front
   */
  record Range(long low, long high, int width) {
    long size() {
      if (high < low) {
        throw new IllegalArgumentException("the range %d-%d runs backwards".formatted(low, high));
      }
      return high - low + 1;
    }

    String digits(long number) {
      String digits = Long.toString(number);
      return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }
  }

  String first() {
    List<String> firsts = new ArrayList<>();
    groups.forEach(group -> firsts.add(group.get(0).digits(group.get(0).low())));
    return name(firsts);
  }

  /** How many hosts it stands for; beyond {@link HostList#MOST_HOSTS} only that it is beyond. */
  long size() {
    long size = 1;
    for (List<Range> group : groups) {
      long inGroup = 0;
      for (Range range : group) {
        inGroup = Math.min(inGroup + range.size(), HostList.MOST_HOSTS + 1L);
      }
      size = Math.min(size * inGroup, HostList.MOST_HOSTS + 1L);
    }
    return size;
  }

  void expandInto(List<String> hosts) {
    List<List<String>> numbers = groups.stream().map(HostPattern::numbers).toList();
    int[] at = new int[groups.size()];
    List<String> chosen = new ArrayList<>();
    do {
      chosen.clear();
      for (int i = 0; i < at.length; i++) {
        chosen.add(numbers.get(i).get(at[i]));
      }
      hosts.add(name(chosen));
    } while (advance(at, numbers));
  }

  /** As SLURM counts: the last group varies fastest, then the first, the second, and so on. */
  private static boolean advance(int[] at, List<List<String>> numbers) {
    for (int n = 0; n < at.length; n++) {
      int i = n == 0 ? at.length - 1 : n - 1;
      at[i]++;
      if (at[i] < numbers.get(i).size()) {
        return true;
      }
      at[i] = 0;
    }
    return false;
  }

  private static List<String> numbers(List<Range> group) {
    List<String> numbers = new ArrayList<>();
    for (Range range : group) {
      for (long number = range.low(); number <= range.high(); number++) {
        numbers.add(range.digits(number));
      }
    }
    return numbers;
  }

  private String name(List<String> numbers) {
    StringBuilder name = new StringBuilder(texts.get(0));
    for (int i = 0; i < numbers.size(); i++) {
      name.append(numbers.get(i)).append(texts.get(i + 1));
    }
    return name.toString();
  }
}
