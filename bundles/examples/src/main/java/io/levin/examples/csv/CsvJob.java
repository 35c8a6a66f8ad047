package io.levin.examples.csv;

import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.examples.classify.Split;
import io.levin.examples.options.Options;
import io.levin.job.Job;
import io.levin.job.JobOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Learns one column of a user's own CSV file from the others. */
@Component(service = Job.class)
public final class CsvJob implements Job {
  private static final JobOption LABEL =
      new JobOption("label", "COLUMN", null, true, "the column to learn");
  private static final JobOption TASK =
      new JobOption(
          "task",
          "classification|regression",
          "classification",
          false,
          "whether the label is a class or an amount");
  private static final JobOption SEPARATOR =
      new JobOption("separator", "CHAR|tab", ",", false, "what stands between columns");
  private static final JobOption WORDS =
      new JobOption("words", "COLUMN,…", null, false, "columns of words that look like numbers");
  private static final JobOption IGNORE =
      new JobOption("ignore", "COLUMN,…", null, false, "columns to leave out, such as an id");

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public String description() {
    return "learns a column of your table: --data FILE --label COLUMN";
  }

  @Override
  public List<JobOption> options() {
    return List.of(
        Options.DATA,
        LABEL,
        TASK,
        SEPARATOR,
        WORDS,
        IGNORE,
        Options.BATCH_SIZE,
        Options.LR,
        Options.HIDDEN);
  }

  @Override
  public Arguments defaults() {
    return Arguments.none().with(TrainerArguments.MAX_EPOCHS, 20);
  }

  @Override
  public Task prepare(Map<String, String> given) {
    Options options = new Options(given);
    String task = options.oneOf(TASK, List.of("classification", "regression"));
    String label = options.text(LABEL);
    Table table = new TableReader(Path.of(options.text(Options.DATA)), separator(options)).read();
    int labelColumn = table.column(label);
    Split<Table.Row> split = Split.of(table.rows(), row -> String.join("\n", row.cells()), "lines");
    List<Column> columns =
        Columns.of(table, split.train(), label, options.set(WORDS), options.set(IGNORE));
    CsvSamples samples = new CsvSamples(table, labelColumn, columns, split);
    return task.equals("regression")
        ? samples.regression(options)
        : samples.classification(options);
  }

  private static char separator(Options options) {
    String text = options.text(SEPARATOR);
    if (text.equals("tab") || text.equals("\\t")) {
      return '\t';
    }
    if (text.length() != 1) {
      throw LevinException.user(
          "--separator '%s' is not one character.".formatted(text),
          "Give a character or tab, for example --separator ';'.");
    }
    return text.charAt(0);
  }
}
