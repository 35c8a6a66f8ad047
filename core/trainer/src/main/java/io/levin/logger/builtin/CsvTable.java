package io.levin.logger.builtin;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A CSV file that grows by rows, and now and then by a column, when it is written anew. */
final class CsvTable {
  private static final int ROWS_IN_MEMORY = 200;
  private static final CsvMapper CSV = new CsvMapper();

  private final Path file;
  private final Set<String> columns = new LinkedHashSet<>(List.of("epoch", "step"));
  private final List<Map<String, Object>> rows = new ArrayList<>();
  private int columnsWritten;

  CsvTable(Path file) {
    this.file = file;
  }

  void add(Map<String, Object> row) {
    columns.addAll(row.keySet());
    rows.add(row);
    if (rows.size() >= ROWS_IN_MEMORY) {
      flush();
    }
  }

  void flush() {
    if (rows.isEmpty()) {
      return;
    }
    try {
      if (columnsWritten == columns.size()) {
        try (Writer out = Files.newBufferedWriter(file, StandardOpenOption.APPEND)) {
          write(out, rows, false);
        }
      } else {
        rewrite();
      }
    } catch (IOException e) {
      throw CsvLogger.failed(file, e);
    }
    rows.clear();
  }

  /** Puts the old rows under the new header, aside first: a kill loses nothing. */
  private void rewrite() throws IOException {
    List<Map<String, Object>> all = new ArrayList<>();
    if (columnsWritten > 0) {
      try (MappingIterator<Map<String, Object>> old =
          CSV.readerForMapOf(Object.class)
              .with(CsvSchema.emptySchema().withHeader())
              .readValues(file.toFile())) {
        all.addAll(old.readAll());
      }
    }
    all.addAll(rows);
    Path aside = file.resolveSibling(file.getFileName() + ".partial");
    try (Writer out = Files.newBufferedWriter(aside)) {
      write(out, all, true);
    }
    Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    columnsWritten = columns.size();
  }

  private void write(Writer out, List<Map<String, Object>> some, boolean header)
      throws IOException {
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(header);
    columns.forEach(schema::addColumn);
    ObjectWriter writer = CSV.writerFor(Map.class).with(schema.build());
    try (SequenceWriter values = writer.writeValues(out)) {
      values.writeAll(some);
    }
  }
}
