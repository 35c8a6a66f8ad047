package io.levin.cli.plan;

import io.levin.core.planner.Closest;
import io.levin.plan.Conflict;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the lines of all batches share: strict keys, and a place in words. */
public final class Lines {
  private Lines() {}

  /** A conflict that names every key that means nothing here. */
  public static Optional<Conflict> unknownKeys(Map<String, Object> line, List<String> known) {
    List<String> strange = new ArrayList<>(line.keySet());
    strange.removeAll(known);
    if (strange.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Conflict(
            strange,
            "A request has no %s. It has: %s."
                .formatted(String.join(", ", strange), String.join(", ", known)),
            Closest.to(strange.get(0), known).map("Did you mean %s?"::formatted).orElse("")));
  }

  /** The place a line describes; what it does not say is as in {@code otherwise}. */
  public static Surroundings surroundings(
      Map<String, Object> line, Surroundings otherwise, List<Conflict> conflicts) {
    return new Surroundings(
        line.get("environment") == null
            ? otherwise.environment()
            : environment(line.get("environment"), conflicts),
        line.get("hostname") == null
            ? otherwise.hostname()
            : text("hostname", line.get("hostname"), conflicts),
        line.get("hardware") == null
            ? otherwise.hardware()
            : hardware(line.get("hardware"), conflicts),
        otherwise.files());
  }

  public static Conflict expected(String key, Object given, String expected) {
    return new Conflict(
        List.of(key),
        "Cannot read %s '%s': expected %s.".formatted(key, given, expected),
        "Mend this line.");
  }

  private static Map<String, String> environment(Object given, List<Conflict> conflicts) {
    Map<String, String> environment = new LinkedHashMap<>();
    if (!(given instanceof Map<?, ?> values)) {
      conflicts.add(expected("environment", given, "an object of variables"));
      return environment;
    }
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      String name = String.valueOf(entry.getKey());
      if (entry.getValue() instanceof String
          || entry.getValue() instanceof Number
          || entry.getValue() instanceof Boolean) {
        environment.put(name, entry.getValue().toString());
      } else if (entry.getValue() != null) { // null is a variable that is not set
        conflicts.add(expected(name, entry.getValue(), "a text"));
      }
    }
    return environment;
  }

  private static Hardware hardware(Object given, List<Conflict> conflicts) {
    try {
      return Hardware.parse(given.toString());
    } catch (IllegalArgumentException e) {
      conflicts.add(
          new Conflict(
              List.of("hardware"),
              "Cannot read hardware '%s': %s.".formatted(given, e.getMessage()),
              "Give gpu=4, or cpu."));
      return Hardware.of(Map.of());
    }
  }

  private static String text(String key, Object given, List<Conflict> conflicts) {
    if (given instanceof String text) {
      return text;
    }
    conflicts.add(expected(key, given, "a text"));
    return "";
  }
}
