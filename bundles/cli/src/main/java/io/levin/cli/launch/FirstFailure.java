package io.levin.cli.launch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which process failed first. One that failed by itself goes before one that only felt another
 * fail; a process that was killed said nothing at all. Safe for several threads.
 */
final class FirstFailure {
  private static final int SIGNALLED = 128;

  private final Map<Integer, Boolean> said = new LinkedHashMap<>();
  private final Map<Integer, Integer> codes = new LinkedHashMap<>();

  /** A process says that it fails, by itself or with another. */
  synchronized void fails(int rank, boolean isOwn) {
    said.putIfAbsent(rank, isOwn);
  }

  synchronized void ended(int rank, int code) {
    codes.putIfAbsent(rank, code);
  }

  synchronized boolean isKnown() {
    return !codes.isEmpty();
  }

  private synchronized int rank() {
    // Killed: the reason of all that the others say
    return codes.keySet().stream()
        .filter(rank -> !said.containsKey(rank))
        .findFirst()
        .or(this::firstByItself)
        .orElseGet(() -> codes.keySet().iterator().next());
  }

  private Optional<Integer> firstByItself() {
    return said.entrySet().stream()
        .filter(word -> word.getValue() && codes.containsKey(word.getKey()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether nobody failed alone: all found out together that they cannot go on. */
  private boolean isOfAll() {
    return said.keySet().containsAll(codes.keySet()) && !said.containsValue(true);
  }

  /** Its exit code, of one that is known. */
  synchronized int code() {
    return codes.get(rank());
  }

  /** For example {@code Rank 1 failed first, with exit code 1.} */
  synchronized String sentence() {
    int code = code();
    if (isOfAll()) {
      return "All ranks failed together, with exit code %d.".formatted(code);
    }
    return code > SIGNALLED
        ? "Rank %d was ended first, by signal %d.".formatted(rank(), code - SIGNALLED)
        : "Rank %d failed first, with exit code %d.".formatted(rank(), code);
  }
}
