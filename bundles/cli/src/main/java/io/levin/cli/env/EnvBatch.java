package io.levin.cli.env;

import io.levin.LevinException;
import io.levin.cli.plan.Batch;
import io.levin.cli.plan.Lines;
import io.levin.plan.Conflict;
import io.levin.plan.Surroundings;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks a file of surroundings for their environment: {@code levin env --batch}. */
public final class EnvBatch {
  private static final List<String> KEYS =
      List.of("id", "environment_name", "environment", "hostname");

  private EnvBatch() {}

  /**
   * Answers one line for each request.
   *
   * @param otherwise the place of requests that do not describe theirs
   * @return how many requests had problems
   */
  public static int run(
      Reader requests, Writer answers, Environments environments, Surroundings otherwise)
      throws IOException {
    return Batch.run(requests, answers, line -> answer(line, environments, otherwise));
  }

  private static Map<String, Object> answer(
      Map<String, Object> line, Environments environments, Surroundings otherwise) {
    List<Conflict> conflicts = new ArrayList<>();
    Lines.unknownKeys(line, KEYS).ifPresent(conflicts::add);
    Surroundings surroundings = Lines.surroundings(line, otherwise, conflicts);
    Object name = line.get("environment_name");
    if (name != null && !(name instanceof String)) {
      conflicts.add(Lines.expected("environment_name", name, "a text"));
    }
    if (!conflicts.isEmpty()) {
      return EnvJson.unreadable(conflicts);
    }
    try {
      return EnvJson.of(environments.ask(surroundings, Optional.ofNullable((String) name)));
    } catch (LevinException e) {
      return EnvJson.failed(e, "environment_name");
    }
  }
}
