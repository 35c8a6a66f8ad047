package io.levin.examples.csv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import io.levin.examples.classify.ClassifierTask;
import io.levin.job.JobOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the job makes of good and of broken files; nothing here needs the engine. */
class CsvJobTest {
  @TempDir Path folder;
  private Path file;
  private final Map<String, String> options = new HashMap<>();

  @BeforeEach
  void defaults() {
    file = folder.resolve("animals.csv");
    for (JobOption option : new CsvJob().options()) {
      if (option.defaultValue() != null) {
        options.put(option.name(), option.defaultValue());
      }
    }
    options.put("data", file.toString());
    options.put("label", "kind");
  }

  @Test
  void textLabelsAreClasses() throws IOException {
    write(good());
    ClassifierTask task = (ClassifierTask) new CsvJob().prepare(options);
    assertThat(task.classes()).containsExactly("cat", "dog");
    assertThat(task.data().learned().rows().size() + task.data().heldOut().rows().size())
        .isEqualTo(200);
  }

  @Test
  void amountsCanBeLearned() throws IOException {
    write(good());
    options.putAll(Map.of("label", "weight", "task", "regression"));
    assertThat(new CsvJob().prepare(options)).isInstanceOf(RegressionTask.class);
  }

  @Test
  void aMissingFileIsNamed() {
    refuses("'" + file + "' does not exist", "--data");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    write("");
    refuses("is empty", "header");
  }

  @Test
  void aHeaderAloneIsRefused() throws IOException {
    write("kind,weight\n");
    refuses("no lines after it", "line for each sample");
  }

  @Test
  void aColumnThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
    write(good());
    options.put("label", "kin");
    refuses("no column 'kin'. It has: weight, name, kind", "--separator");
  }

  @Test
  void aShortLineIsNamed() throws IOException {
    write(good() + "3.5,short\n");
    refuses("line 202: 2 cells, but the header has 3; column 'kind' is missing", "quotes");
  }

  @Test
  void aLongLineIsNamed() throws IOException {
    write(good() + "3,5,long,cat\n");
    refuses("line 202: 4 cells, but the header has 3; there is more after column 'kind'", "quotes");
  }

  @Test
  void whatIsNoNumberAmongNumbersIsNamed() throws IOException {
    write(good() + "heavy,Tom,cat\n");
    refuses("line 202, column 'weight': 'heavy' is not a number", "--words 'weight'");
    options.put("words", "weight");
    assertThat(new CsvJob().prepare(options)).isNotNull();
  }

  @Test
  void linesWithinQuotesAndBlankLinesCount() throws IOException {
    write(good() + "\n\"1\",\"two\nlines\",cat\nheavy,Tom,cat\n");
    refuses("line 205, column 'weight'", "");
  }

  @Test
  void anEmptyLabelIsNamed() throws IOException {
    write(good() + "3.5,Tom,\n");
    refuses("line 202, column 'kind'", "Fill it in");
  }

  @Test
  void anOpenQuoteIsNamed() throws IOException {
    write(good() + "1,\"Tom,cat\n");
    refuses("'" + file + "', line ", "quote that is not closed");
  }

  @Test
  void amountsAreNoClasses() throws IOException {
    write(good());
    options.put("label", "weight");
    refuses("200 different values", "--task regression");
  }

  @Test
  void aColumnTwiceInTheHeaderIsNamed() throws IOException {
    write("kind,kind\ncat,dog\n");
    refuses("line 1: the header has the column 'kind' twice", "name of its own");
  }

  @Test
  void anotherEncodingIsRefused() throws IOException {
    Files.writeString(file, "kind,n\nKätzchen,1\n", ISO_8859_1);
    refuses("not a text in UTF-8", "iconv");
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheFirstName() throws IOException {
    write("\uFEFF" + good());
    options.put("ignore", "weight");
    assertThat(new CsvJob().prepare(options)).isNotNull();
  }

  @Test
  void numbersAreStandardizedByWhatIsLearnedFrom() {
    List<Table.Row> rows =
        IntStream.of(1, 3).mapToObj(i -> new Table.Row(i, List.of("" + i))).toList();
    NumberColumn column = NumberColumn.of(new Table(file, List.of("n"), rows), 0, rows);
    assertThat(column.standardized(rows.get(0))).isEqualTo(-1);
    assertThat(column.standardized(new Table.Row(4, List.of("5")))).isEqualTo(3);
    assertThat(column.standardized(new Table.Row(5, List.of(" ")))).isZero();
  }

  private static String good() {
    return IntStream.range(0, 200)
        .mapToObj(i -> "%d.5,Name%d,%s".formatted(i, i, i % 2 == 0 ? "cat" : "dog"))
        .collect(Collectors.joining("\n", "weight,name,kind\n", "\n"));
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private void refuses(String message, String hint) {
    assertThatThrownBy(() -> new CsvJob().prepare(options))
        .isInstanceOfSatisfying(
            LevinException.class,
            e -> {
              assertThat(e).hasMessageContainingAll(message, "animals.csv");
              assertThat(e.hint()).contains(hint);
            });
  }
}
