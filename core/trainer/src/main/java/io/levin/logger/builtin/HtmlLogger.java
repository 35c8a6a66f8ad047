package io.levin.logger.builtin;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.logger.Logger;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes {@code report.html}: one page with the run's curves, numbers, checkpoints and plan, that
 * needs no network. It is written anew now and then while the run goes on.
 */
public final class HtmlLogger implements Logger {
  private static final long NANOS_BETWEEN_WRITES = 10_000_000_000L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Series> series = new TreeMap<>();
  private final List<String> checkpoints = new ArrayList<>();
  private Path directory;
  private Map<String, Object> hyperParameters = Map.of();
  private long started;
  private long written;

  @Override
  public String id() {
    return "html";
  }

  @Override
  public void start(Path folder, Map<String, Object> parameters) {
    directory = folder;
    hyperParameters = parameters;
    started = System.nanoTime();
    written = started;
  }

  @Override
  public void logMetrics(Map<String, Double> metrics, long step) {
    metrics.forEach(
        (name, value) -> {
          if (!name.equals("epoch")) {
            series.computeIfAbsent(name, key -> new Series()).add(step, value);
          }
        });
  }

  @Override
  public void checkpointSaved(Path path) {
    checkpoints.remove(path.toString());
    checkpoints.add(path.toString());
  }

  @Override
  public void flush() {
    if (System.nanoTime() - written > NANOS_BETWEEN_WRITES) {
      write("running");
    }
  }

  @Override
  public void finish(String status) {
    if (directory != null) {
      write(status);
      directory = null;
    }
  }

  private void write(String status) {
    Map<String, Object> run = new LinkedHashMap<>();
    run.put("name", directory.getFileName().toString());
    run.put("directory", directory.toString());
    run.put("status", status);
    run.put("seconds", (System.nanoTime() - started) / 1e9);
    run.put("series", points());
    run.put(
        "checkpoints", checkpoints.stream().filter(path -> Files.exists(Path.of(path))).toList());
    run.put("hyperParameters", texts(hyperParameters));
    run.put("plan", plan());
    Path file = directory.resolve("report.html");
    Path aside = directory.resolve("report.html.partial");
    try {
      // The data stands in a script: a text that would end it is broken up.
      String data = JSON.writeValueAsString(run).replace("<", "\\u003c");
      Files.writeString(aside, template().replace("/*DATA*/null", data));
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw CsvLogger.failed(file, e);
    }
    written = System.nanoTime();
  }

  private Map<String, Object> points() {
    Map<String, Object> all = new LinkedHashMap<>();
    series.forEach(
        (name, values) ->
            all.put(
                name,
                values.points().stream()
                    .map(
                        point ->
                            new Object[] {
                              point.step(), Double.isFinite(point.value()) ? point.value() : null
                            })
                    .toList()));
    return all;
  }

  private static Map<String, String> texts(Map<String, Object> values) {
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  /** What the run was made of; a run writes it down at its end. */
  private Object plan() {
    Path summary = directory.resolve("summary.json");
    try {
      return Files.exists(summary) ? JSON.readTree(summary.toFile()).path("plan") : Map.of();
    } catch (IOException e) {
      return Map.of();
    }
  }

  private static String template() {
    try (InputStream text = HtmlLogger.class.getResourceAsStream("report.html")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
