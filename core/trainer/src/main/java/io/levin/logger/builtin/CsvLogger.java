package io.levin.logger.builtin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.levin.LevinException;
import io.levin.logger.Logger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes {@code metrics.csv}, a row a step, and {@code hparams.yaml}. Calls for one step make one
 * row; a metric that was not logged then is an empty cell.
 */
public final class CsvLogger implements Logger {
  private CsvTable table;
  private long step = -1;
  private Map<String, Object> row = new LinkedHashMap<>();

  @Override
  public String id() {
    return "csv";
  }

  @Override
  public void start(Path directory, Map<String, Object> hyperParameters) {
    table = new CsvTable(directory.resolve("metrics.csv"));
    if (!hyperParameters.isEmpty()) {
      Path file = directory.resolve("hparams.yaml");
      try {
        new ObjectMapper(new YAMLFactory()).writeValue(file.toFile(), hyperParameters);
      } catch (IOException e) {
        throw failed(file, e);
      }
    }
  }

  @Override
  public void logMetrics(Map<String, Double> metrics, long at) {
    if (at != step) {
      endRow();
      step = at;
    }
    row.putAll(metrics);
  }

  private void endRow() {
    if (!row.isEmpty()) {
      row.put("step", step);
      table.add(row);
      row = new LinkedHashMap<>();
    }
  }

  @Override
  public void flush() {
    if (table != null) {
      table.flush();
    }
  }

  @Override
  public void finish(String status) {
    if (table != null) {
      endRow();
      table.flush();
      table = null;
    }
  }

  static LevinException failed(Path file, IOException cause) {
    return LevinException.resource(
        "Cannot write '%s': %s.".formatted(file, cause.getMessage()),
        "Look at the disk's space and the folder's permissions, or give --loggers none.",
        cause);
  }
}
