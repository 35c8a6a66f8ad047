package io.levin.examples.csv;

import io.levin.LevinException;
import io.levin.data.loading.ArrayDataset;
import io.levin.examples.classify.Classifier;
import io.levin.examples.classify.ClassifierData;
import io.levin.examples.classify.ClassifierTask;
import io.levin.examples.classify.Samples;
import io.levin.examples.classify.Split;
import io.levin.examples.options.Options;
import io.levin.job.Job;
import java.util.List;

/** The lines of a table as rows of numbers, to learn the label as a class or as a number. */
record CsvSamples(Table table, int label, List<Column> columns, Split<Table.Row> split) {
  private static final int MOST_CLASSES = 100;

  Job.Task classification(Options options) {
    List<String> classes = table.rows().stream().map(this::labelOf).distinct().sorted().toList();
    String name = table.columns().get(label);
    if (classes.size() < 2) {
      throw LevinException.user(
          "'%s': column '%s' is '%s' in every line, so there is nothing to learn."
              .formatted(table.file(), name, classes.get(0)),
          "Give --label another column.");
    }
    if (classes.size() > MOST_CLASSES) {
      throw LevinException.user(
          "'%s': column '%s' has %d different values in %d lines, too many for classes."
              .formatted(table.file(), name, classes.size(), table.rows().size()),
          "For amounts give --task regression; else give --label another column.");
    }
    return new ClassifierTask(
        new Classifier(width(), options.hidden(), classes.size(), options.lr()),
        new ClassifierData(
            samples(split.train(), classes),
            samples(split.heldOut(), classes),
            options.batchSize()),
        classes,
        "lines");
  }

  private Samples samples(List<Table.Row> rows, List<String> classes) {
    long[] labels = rows.stream().mapToLong(row -> classes.indexOf(labelOf(row))).toArray();
    List<String> texts =
        rows.stream().map(row -> "line %d: %s".formatted(row.line(), row.cells())).toList();
    return new Samples(ArrayDataset.classes(numbers(rows), labels), texts, labels);
  }

  Job.Task regression(Options options) {
    table.rows().forEach(this::labelOf); // refuses lines without one
    NumberColumn target = NumberColumn.of(table, label, split.train());
    return new RegressionTask(
        new Regressor(width(), options.hidden(), options.lr(), target),
        new RegressionData(
            targets(split.train(), target), targets(split.heldOut(), target), options.batchSize()),
        target,
        split.heldOut());
  }

  private ArrayDataset targets(List<Table.Row> rows, NumberColumn target) {
    float[][] targets =
        rows.stream()
            .map(row -> new float[] {(float) target.standardized(row)})
            .toArray(float[][]::new);
    return ArrayDataset.targets(numbers(rows), targets);
  }

  private float[][] numbers(List<Table.Row> rows) {
    return rows.stream().map(row -> Column.numbers(columns, row)).toArray(float[][]::new);
  }

  private int width() {
    return columns.stream().mapToInt(Column::width).sum();
  }

  private String labelOf(Table.Row row) {
    String text = row.cells().get(label).strip();
    if (text.isEmpty()) {
      throw table.wrong(
          row, label, "is empty, but it is the label", "Fill it in, or remove the line.");
    }
    return text;
  }
}
