package io.levin.logger.builtin;

import io.levin.logger.Logger;
import io.levin.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Writes {@code report.html}, one page without a network that shows the run: its curves, final
 * metrics, checkpoints, hyperparameters and plan.
 *
 * <p>Written at the end, and every ten seconds at most while the run goes on.
 */
public final class HtmlLogger implements Logger {
  static final String ID = "html";
  static final String FILE = "report.html";

  private final RunHistory history;
  private final Report report = new Report();
  private final Every tenSeconds = new Every(Duration.ofSeconds(10), System::nanoTime);
  private Path file;

  public HtmlLogger(Plan plan) {
    this(plan, InstantSource.system());
  }

  HtmlLogger(Plan plan, InstantSource clock) {
    history = new RunHistory(plan, clock);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public void start(Path directory, Map<String, Object> hyperParameters) {
    file = directory.resolve(FILE);
    history.start(directory, hyperParameters);
    write("running");
  }

  @Override
  public void logMetrics(Map<String, Double> metrics, long step) {
    history.add(metrics, step);
    flush();
  }

  @Override
  public void checkpointSaved(Path path) {
    history.addCheckpoint(path);
  }

  @Override
  public void flush() {
    if (tenSeconds.due()) {
      write("running");
    }
  }

  @Override
  public void finish(String status) {
    if (file != null) {
      write(status);
    }
  }

  private void write(String status) {
    try {
      report.write(file, history.facts(status));
    } catch (IOException e) {
      throw LogFiles.cannotWrite(file, e);
    }
  }
}
