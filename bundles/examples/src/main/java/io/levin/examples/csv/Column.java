package io.levin.examples.csv;

import java.util.List;

/** A column as numbers for a network. */
interface Column {
  /** How many numbers it gives for each row. */
  int width();

  /** Writes a row's numbers to {@code out} from {@code start}. */
  void write(Table.Row row, float[] out, int start);

  /** All columns of a row, side by side. */
  static float[] numbers(List<Column> columns, Table.Row row) {
    float[] numbers = new float[columns.stream().mapToInt(Column::width).sum()];
    int start = 0;
    for (Column column : columns) {
      column.write(row, numbers, start);
      start += column.width();
    }
    return numbers;
  }
}
