package io.levin.examples.csv;

import io.levin.LevinException;
import java.nio.file.Path;
import java.util.List;

/**
 * A CSV file as it is written.
 *
 * @param columns names from the header
 */
record Table(Path file, List<String> columns, List<Row> rows) {

  /**
   * @param line where in the file it begins, from 1
   */
  record Row(int line, List<String> cells) {}

  /** The place of a column. */
  int column(String name) {
    int column = columns.indexOf(name);
    if (column < 0) {
      throw LevinException.user(
          "'%s' has no column '%s'. It has: %s.".formatted(file, name, String.join(", ", columns)),
          "Give one of them as the file writes it; --separator says what stands between columns.");
    }
    return column;
  }

  /** An error in one cell. */
  LevinException wrong(Row row, int column, String problem, String hint) {
    return LevinException.user(
        "'%s', line %d, column '%s': '%s' %s."
            .formatted(file, row.line(), columns.get(column), row.cells().get(column), problem),
        hint);
  }
}
