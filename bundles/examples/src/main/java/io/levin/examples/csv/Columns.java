package io.levin.examples.csv;

import io.levin.LevinException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Decides what each column of a table is. */
final class Columns {
  private Columns() {}

  /**
   * @param label column that is not an input
   * @param words columns that are words, even where they look like numbers
   * @param ignored columns left out
   */
  static List<Column> of(
      Table table,
      Collection<Table.Row> learned,
      String label,
      Set<String> words,
      Set<String> ignored) {
    words.forEach(table::column); // refuses names that the table does not have
    ignored.forEach(table::column);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      String name = table.columns().get(i);
      if (name.equals(label) || ignored.contains(name)) {
        continue;
      }
      columns.add(
          !words.contains(name) && isMostlyNumbers(table, i)
              ? NumberColumn.of(table, i, learned)
              : WordColumn.of(i, learned));
    }
    if (columns.isEmpty()) {
      throw LevinException.user(
          "'%s' has no column left to learn from besides '%s'.".formatted(table.file(), label),
          "Ignore fewer columns, or look whether --separator is right.");
    }
    return columns;
  }

  private static boolean isMostlyNumbers(Table table, int column) {
    List<String> cells =
        table.rows().stream()
            .map(row -> row.cells().get(column))
            .filter(cell -> !cell.isBlank())
            .toList();
    long numbers = cells.stream().filter(cell -> Numbers.of(cell).isPresent()).count();
    return 2 * numbers > cells.size();
  }
}
