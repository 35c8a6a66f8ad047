package io.levin.examples.writer;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Characters as numbers from 0.
 *
 * @param characters every character once; the first stands between names
 */
record Alphabet(String characters) {
  /** Between names, and so also the end of each. */
  static final int END = 0;

  static Alphabet of(Collection<String> names) {
    return new Alphabet(
        names.stream()
            .flatMapToInt(String::chars)
            .distinct()
            .sorted()
            .mapToObj(Character::toString)
            .collect(Collectors.joining("", "\n", "")));
  }

  int size() {
    return characters.length();
  }

  char character(int number) {
    return characters.charAt(number);
  }

  /** Names one after another, each ended; one more end begins them. */
  long[] numbers(Collection<String> names) {
    String text = names.stream().map(name -> name + "\n").collect(Collectors.joining("", "\n", ""));
    return text.chars().mapToLong(characters::indexOf).toArray();
  }
}
