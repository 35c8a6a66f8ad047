package io.levin.cli.ranks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What was heard of all ranks.
 *
 * @param troubles whole sentences of what went wrong on the way
 * @param limit how long it was waited for them
 */
public record RanksReport(int worldSize, List<Rank> ranks, List<String> troubles, Duration limit) {
  public static final String HOST = "host";
  public static final String PROCESS = "process";

  /** Ranks have these to themselves. */
  static final Set<String> OWN = Set.of(PROCESS, HOST, "local rank", "node rank");

  /** Clocks further apart make times in logs and of files misleading. */
  private static final double TOLERATED = 1000;

  public RanksReport {
    ranks = List.copyOf(ranks);
    troubles = List.copyOf(troubles);
  }

  public boolean ok() {
    return problems().isEmpty();
  }

  /** Ranks that did not come. */
  public List<Integer> missing() {
    Set<Integer> came = ranks.stream().map(Rank::number).collect(Collectors.toSet());
    return IntStream.range(0, worldSize).boxed().filter(rank -> !came.contains(rank)).toList();
  }

  /** Facts in which ranks differ and should not: who says what. */
  public Map<String, Map<String, List<Integer>>> differences() {
    Set<String> names = new TreeSet<>();
    ranks.forEach(rank -> names.addAll(rank.facts().keySet()));
    Map<String, Map<String, List<Integer>>> differences = new LinkedHashMap<>();
    for (String name : names) {
      Map<String, List<Integer>> said = new TreeMap<>();
      for (Rank rank : ranks) {
        String value = rank.facts().getOrDefault(name, "(nothing)");
        said.computeIfAbsent(value, key -> new ArrayList<>()).add(rank.number());
      }
      if (said.size() > 1 && !OWN.contains(name)) {
        differences.put(name, said);
      }
    }
    return differences;
  }

  /** Whole sentences, each with what to do. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>(troubles);
    if (!missing().isEmpty()) {
      problems.add(
          "%s did not come within %d s. Look at what they say, whether they were started, and"
                  .formatted(named(missing()), limit.toSeconds())
              + " whether they can reach the main address.");
    }
    for (Rank rank : ranks) {
      if (rank.isOff(TOLERATED)) {
        problems.add(
            "The clock of rank %d on %s is %.1f s %s rank 0's. Let both follow a time server."
                .formatted(
                    rank.number(),
                    rank.facts().get(HOST),
                    Math.abs(rank.ahead()) / 1000,
                    rank.ahead() > 0 ? "ahead of" : "behind"));
      }
    }
    differences()
        .forEach(
            (name, said) ->
                problems.add(
                    "Ranks differ in %s: %s."
                        .formatted(
                            name,
                            said.entrySet().stream()
                                .map(e -> e.getKey() + " on " + lower(named(e.getValue())))
                                .collect(Collectors.joining("; ")))));
    return problems;
  }

  private static String lower(String text) {
    return "r" + text.substring(1);
  }

  private static String named(List<Integer> numbers) {
    List<String> shown = numbers.stream().limit(20).map(String::valueOf).toList();
    return (numbers.size() == 1 ? "Rank " : "Ranks ")
        + String.join(", ", shown)
        + (numbers.size() > shown.size() ? " and %d more".formatted(numbers.size() - 20) : "");
  }

  /** The same as values for JSON. */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("ok", ok());
    values.put("world_size", worldSize);
    values.put("missing", missing());
    values.put("differences", differences());
    values.put("problems", problems());
    values.put(
        "ranks",
        ranks.stream()
            .map(
                rank -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("rank", rank.number());
                  one.put("facts", rank.facts());
                  one.put("clock_ahead_ms", rank.ahead());
                  one.put("clock_uncertain_ms", rank.uncertain());
                  return one;
                })
            .toList());
    return values;
  }
}
