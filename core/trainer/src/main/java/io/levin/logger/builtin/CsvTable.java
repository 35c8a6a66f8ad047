package io.levin.logger.builtin;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A CSV file that rows are added to, and that grows a column when a row has a new one. */
final class CsvTable {
  private static final CsvMapper MAPPER =
      CsvMapper.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();
  private static final ObjectReader READER =
      MAPPER.readerForMapOf(String.class).with(CsvSchema.emptySchema().withHeader());

  private final Path file;
  private final Set<String> columns = new LinkedHashSet<>();

  /** Opens a table; rows that the file has already are kept. */
  CsvTable(Path file, Collection<String> firstColumns) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      try (MappingIterator<Map<String, String>> rows = READER.readValues(file.toFile())) {
        rows.hasNextValue(); // reads the header
        ((CsvSchema) rows.getParserSchema()).forEach(column -> columns.add(column.getName()));
      }
    } else {
      columns.addAll(firstColumns);
    }
  }

  /** Adds rows and brings them to disk; cells that a row does not name stay empty. */
  void append(Collection<Map<String, String>> rows) throws IOException {
    boolean grows = Files.notExists(file);
    for (Map<String, String> row : rows) {
      grows |= columns.addAll(row.keySet());
    }
    if (grows) {
      LogFiles.replace(file, partial -> rewrite(partial, rows));
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND);
        Writer out = Channels.newWriter(channel, StandardCharsets.UTF_8);
        SequenceWriter writer = MAPPER.writer(schema()).writeValues(out)) {
      writer.writeAll(rows);
      writer.flush();
      channel.force(false);
    }
  }

  /** The rows so far and new ones, under the present columns. */
  private void rewrite(Path target, Collection<Map<String, String>> more) throws IOException {
    try (Writer out = Files.newBufferedWriter(target);
        SequenceWriter writer = MAPPER.writer(schema().withHeader()).writeValues(out)) {
      if (Files.exists(file)) {
        try (MappingIterator<Map<String, String>> old = READER.readValues(file.toFile())) {
          while (old.hasNext()) {
            writer.write(old.next());
          }
        }
      }
      writer.writeAll(more);
    }
  }

  private CsvSchema schema() {
    CsvSchema.Builder schema = CsvSchema.builder();
    columns.forEach(schema::addColumn);
    return schema.build();
  }
}
