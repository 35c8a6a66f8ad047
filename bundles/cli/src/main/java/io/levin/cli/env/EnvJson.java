package io.levin.cli.env;

import io.levin.LevinException;
import io.levin.cluster.Problem;
import io.levin.plan.Conflict;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Environments as values that any JSON writer takes. */
public final class EnvJson {
  private EnvJson() {}

  /** {@code ok}, the environment, its answers, and its problems if it has any. */
  public static Map<String, Object> of(EnvReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ok", report.ok());
    json.put("environment", report.name());
    json.putAll(report.answers());
    if (!report.ok()) {
      json.put(
          "problems",
          report.problems().stream()
              .map((Problem p) -> problem(p.variable(), p.message(), p.hint()))
              .toList());
    }
    json.put("why", report.why());
    json.put(
        "others",
        report.others().stream()
            .map(other -> Map.of("environment", other.name(), "why", other.why()))
            .toList());
    return json;
  }

  /** A request that could not be read. */
  static Map<String, Object> unreadable(Collection<Conflict> conflicts) {
    return refusal(
        conflicts.stream()
            .map(c -> problem(String.join(", ", c.about()), c.message(), c.hint()))
            .toList());
  }

  /** A request for something that is not there. */
  static Map<String, Object> failed(LevinException failure, String about) {
    return refusal(List.of(problem(about, failure.getMessage(), failure.hint())));
  }

  private static Map<String, Object> refusal(List<Map<String, Object>> problems) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("ok", false);
    json.put("problems", problems);
    return json;
  }

  private static Map<String, Object> problem(String variable, String message, String hint) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("variable", variable);
    json.put("message", message);
    json.put("hint", hint);
    return json;
  }
}
