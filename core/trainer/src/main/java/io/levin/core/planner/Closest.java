package io.levin.core.planner;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody who mistyped probably meant. */
public final class Closest {
  private Closest() {}

  /** The candidate with the fewest changed letters, if at most about a third of them changed. */
  public static Optional<String> to(String word, Collection<String> candidates) {
    String typed = word.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> distance(typed, candidate)))
        .filter(best -> distance(typed, best) <= Math.max(1, (best.length() + 1) / 3));
  }

  /** Levenshtein's distance, letter case aside. */
  private static int distance(String typed, String candidate) {
    String target = candidate.toLowerCase(Locale.ROOT);
    int[] row = new int[target.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= typed.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (typed.charAt(i - 1) == target.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[target.length()];
  }
}
