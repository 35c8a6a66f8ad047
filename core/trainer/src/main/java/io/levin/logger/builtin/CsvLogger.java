package io.levin.logger.builtin;

import io.levin.logger.Logger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code metrics.csv}: {@code step}, {@code epoch} and a column for every metric, a row for
 * every time metrics are logged; and {@code hparams.yaml}.
 *
 * <p>Rows wait in memory for a second at most while metrics keep coming, and for the next {@link
 * #flush}.
 */
public final class CsvLogger implements Logger {
  static final String ID = "csv";
  static final String FILE = "metrics.csv";
  private static final String STEP = "step";
  private static final String EPOCH = "epoch";

  private final Every second = new Every(Duration.ofSeconds(1), System::nanoTime);
  private final List<Map<String, String>> rows = new ArrayList<>();
  private Path file;
  private CsvTable table;

  @Override
  public String id() {
    return ID;
  }

  @Override
  public void start(Path directory, Map<String, Object> hyperParameters) {
    HyperParameters.write(directory, hyperParameters);
    file = directory.resolve(FILE);
    try {
      table = new CsvTable(file, List.of(STEP, EPOCH));
    } catch (IOException e) {
      throw LogFiles.cannotWrite(file, e);
    }
  }

  @Override
  public void logMetrics(Map<String, Double> metrics, long step) {
    Map<String, String> row = new LinkedHashMap<>();
    metrics.forEach((name, value) -> row.put(name.strip(), value.toString()));
    row.put(STEP, Long.toString(step));
    row.computeIfPresent(EPOCH, (name, text) -> Long.toString(metrics.get(EPOCH).longValue()));
    rows.add(row);
    if (second.due()) {
      flush();
    }
  }

  @Override
  public void flush() {
    if (rows.isEmpty()) {
      return;
    }
    try {
      table.append(rows);
    } catch (IOException e) {
      throw LogFiles.cannotWrite(file, e);
    }
    rows.clear();
  }

  @Override
  public void finish(String status) {
    flush();
  }
}
