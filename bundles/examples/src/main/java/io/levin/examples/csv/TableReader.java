package io.levin.examples.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.levin.LevinException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a CSV file with a header; refuses what is not as even as a table. */
final class TableReader {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final char separator;

  TableReader(Path file, char separator) {
    this.file = file;
    this.separator = separator;
  }

  Table read() {
    CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator);
    try (Reader text = Files.newBufferedReader(file);
        MappingIterator<String[]> lines =
            new CsvMapper()
                .enable(CsvParser.Feature.WRAP_AS_ARRAY)
                .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
                .readerFor(String[].class)
                .with(schema)
                .readValues(text)) {
      return read(lines);
    } catch (NoSuchFileException e) {
      throw LevinException.user("'%s' does not exist.".formatted(file), "Give --data a CSV file.");
    } catch (CharacterCodingException e) {
      throw LevinException.user(
          "'%s' is not a text in UTF-8.".formatted(file),
          "Convert it: iconv -f LATIN1 -t UTF-8 FILE");
    } catch (JsonProcessingException e) {
      throw broken(e);
    } catch (RuntimeJsonMappingException e) {
      throw e.getCause() instanceof JsonProcessingException cause ? broken(cause) : e;
    } catch (IOException e) {
      throw LevinException.resource(
          "Cannot read '%s': %s.".formatted(file, e.getMessage()), "Look at the file.", e);
    }
  }

  private Table read(MappingIterator<String[]> lines) throws IOException {
    if (!lines.hasNextValue()) {
      throw LevinException.user(
          "'%s' is empty.".formatted(file), "It needs a header and a line for each sample.");
    }
    List<String> columns = header(lines.nextValue());
    List<Table.Row> rows = new ArrayList<>();
    while (lines.hasNextValue()) {
      int line = lines.getParser().currentLocation().getLineNr();
      rows.add(row(line, lines.nextValue(), columns));
    }
    if (rows.isEmpty()) {
      throw LevinException.user(
          "'%s' has a header, but no lines after it.".formatted(file),
          "It needs a line for each sample.");
    }
    return new Table(file, columns, rows);
  }

  private List<String> header(String[] cells) {
    cells[0] = cells[0].replace(BYTE_ORDER_MARK, "");
    Set<String> seen = new HashSet<>();
    for (String cell : cells) {
      if (cell.isBlank() || !seen.add(cell)) {
        throw LevinException.user(
            "'%s', line 1: the header %s."
                .formatted(
                    file,
                    cell.isBlank()
                        ? "has a column without a name"
                        : "has the column '%s' twice".formatted(cell)),
            "Give every column a name of its own in the first line.");
      }
    }
    return List.of(cells);
  }

  private Table.Row row(int line, String[] cells, List<String> columns) {
    if (cells.length != columns.size()) {
      String where =
          cells.length < columns.size()
              ? "column '%s' is missing".formatted(columns.get(cells.length))
              : "there is more after column '%s'".formatted(columns.get(columns.size() - 1));
      throw LevinException.user(
          "'%s', line %d: %d cells, but the header has %d; %s."
              .formatted(file, line, cells.length, columns.size(), where),
          "Correct the line. A cell with '%s' in it needs quotes around it.".formatted(separator));
    }
    return new Table.Row(line, List.of(cells));
  }

  private LevinException broken(JsonProcessingException failure) {
    return LevinException.user(
        "'%s', line %d: %s."
            .formatted(
                file,
                failure.getLocation() == null ? 1 : failure.getLocation().getLineNr(),
                failure.getOriginalMessage().lines().findFirst().orElse("it is no CSV")),
        "Look for a quote that is not closed.");
  }
}
