package io.levin.logger.builtin;

import io.levin.plan.Plan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has happened in a run so far, in the form that the report's script reads. */
final class RunHistory {
  private static final String EPOCH = "epoch";

  private final Plan plan;
  private final InstantSource clock;
  private final Map<String, Series> metrics = new LinkedHashMap<>();
  private final Set<Path> checkpoints = new LinkedHashSet<>();
  private Map<String, Object> hyperParameters = Map.of();
  private Path directory;
  private Instant start;
  private long step;

  RunHistory(Plan plan, InstantSource clock) {
    this.plan = plan;
    this.clock = clock;
  }

  /** Begins, or goes on after a fit with a test. */
  void start(Path runDirectory, Map<String, Object> newHyperParameters) {
    directory = runDirectory;
    start = start == null ? clock.instant() : start;
    hyperParameters = new LinkedHashMap<>(newHyperParameters);
  }

  void add(Map<String, Double> values, long atStep) {
    step = Math.max(step, atStep);
    values.forEach(
        (name, value) -> metrics.computeIfAbsent(name, key -> new Series()).add(atStep, value));
  }

  void addCheckpoint(Path path) {
    checkpoints.remove(path);
    checkpoints.add(path);
  }

  Map<String, Object> facts(String status) {
    Map<String, Object> facts = new LinkedHashMap<>();
    Instant now = clock.instant();
    facts.put("name", directory.getFileName().toString());
    facts.put("directory", directory.toString());
    facts.put("status", status);
    facts.put("started", start.toString());
    facts.put("written", now.toString());
    facts.put("seconds", Duration.between(start, now).toMillis() / 1000.0);
    facts.put("step", step);
    facts.put("epochs", metrics.containsKey(EPOCH) ? metrics.get(EPOCH).last().value() + 1 : null);
    facts.put("curves", curves());
    facts.put("checkpoints", checkpointFacts());
    facts.put("hyperParameters", HyperParameters.plain(hyperParameters));
    facts.put("plan", PlanFacts.choices(plan));
    facts.put("arguments", PlanFacts.arguments(plan));
    return facts;
  }

  private List<Map<String, Object>> curves() {
    List<Map<String, Object>> curves = new ArrayList<>();
    metrics.forEach(
        (name, series) -> {
          if (!name.equals(EPOCH)) {
            curves.add(CurveFacts.of(name, series));
          }
        });
    return curves;
  }

  private List<Map<String, Object>> checkpointFacts() {
    checkpoints.removeIf(Files::notExists);
    return checkpoints.stream().map(path -> CheckpointFacts.of(directory, path)).toList();
  }
}
