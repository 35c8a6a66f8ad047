package io.levin.examples.csv;

import io.levin.examples.classify.Split;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Words, each at the place that its hash gives: few different cells nearly one-hot, texts as the
 * set of their words.
 */
record WordColumn(int column, int width) implements Column {
  private static final int NARROWEST = 8;
  private static final int WIDEST = 1024;

  /** Wide enough that two words rarely share a place. */
  static WordColumn of(int column, Collection<Table.Row> learned) {
    long different =
        learned.stream().flatMap(row -> words(row.cells().get(column))).distinct().count();
    long width = Math.max(NARROWEST, Math.min(WIDEST, 4 * different));
    return new WordColumn(column, (int) width);
  }

  private static Stream<String> words(String cell) {
    return Stream.of(cell.toLowerCase(Locale.ROOT).strip().split("\\s+"))
        .filter(word -> !word.isEmpty());
  }

  @Override
  public void write(Table.Row row, float[] out, int start) {
    words(row.cells().get(column))
        .forEach(word -> out[start + Math.floorMod(Split.mixed(word), width)] = 1);
  }
}
