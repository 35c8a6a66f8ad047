package io.levin.cli.launch;

import java.util.LinkedHashMap;
import java.util.Map;

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
    for (int rank : codes.keySet()) {
      if (!said.containsKey(rank)) {
        return rank;
      }
    }
    for (Map.Entry<Integer, Boolean> word : said.entrySet()) {
      if (word.getValue() && codes.containsKey(word.getKey())) {
        return word.getKey();
      }
    }
    return codes.keySet().iterator().next();
  }

  /** Its exit code, of one that is known. */
  synchronized int code() {
    return codes.get(rank());
  }

  /** For example {@code Rank 1 failed first, with exit code 1.} */
  synchronized String sentence() {
    int code = code();
    return code > SIGNALLED
        ? "Rank %d was ended first, by signal %d.".formatted(rank(), code - SIGNALLED)
        : "Rank %d failed first, with exit code %d.".formatted(rank(), code);
  }
}
