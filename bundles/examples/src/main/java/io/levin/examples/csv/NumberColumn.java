package io.levin.examples.csv;

import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * Numbers with the mean 0 and the deviation 1 over the rows learned from. An empty cell counts as
 * the mean.
 */
record NumberColumn(Table table, int column, double mean, double deviation) implements Column {

  static NumberColumn of(Table table, int column, Collection<Table.Row> learned) {
    List<Double> numbers =
        learned.stream()
            .filter(row -> !row.cells().get(column).isBlank())
            .map(row -> number(table, column, row))
            .toList();
    DoubleSummaryStatistics statistics =
        numbers.stream().mapToDouble(Double::doubleValue).summaryStatistics();
    double mean = statistics.getAverage();
    double variance =
        numbers.stream().mapToDouble(x -> (x - mean) * (x - mean)).average().orElse(0);
    return new NumberColumn(table, column, mean, variance == 0 ? 1 : Math.sqrt(variance));
  }

  private static double number(Table table, int column, Table.Row row) {
    return Numbers.of(row.cells().get(column))
        .orElseThrow(
            () ->
                table.wrong(
                    row,
                    column,
                    "is not a number, as most of this column are",
                    "Correct the cell or leave it empty; or take the column as words: --words '%s'."
                        .formatted(table.columns().get(column))));
  }

  double standardized(Table.Row row) {
    return row.cells().get(column).isBlank() ? 0 : (number(table, column, row) - mean) / deviation;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public void write(Table.Row row, float[] out, int start) {
    out[start] = (float) standardized(row);
  }
}
