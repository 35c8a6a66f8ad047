package io.levin.cli.plan;

import io.levin.MisconfigurationException;
import io.levin.arguments.Argument;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.core.planner.Closest;
import io.levin.plan.Conflict;
import io.levin.plan.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line of a batch: arguments and the place they are for.
 *
 * @param conflicts everything in the line that cannot be read
 */
record PlanRequest(Arguments arguments, Surroundings surroundings, List<Conflict> conflicts) {
  private static final List<String> KEYS =
      List.of("id", "hardware", "environment", "hostname", "arguments");

  static PlanRequest read(Map<String, Object> line, Surroundings otherwise) {
    List<Conflict> conflicts = new ArrayList<>();
    Lines.unknownKeys(line, KEYS).ifPresent(conflicts::add);
    Surroundings surroundings = Lines.surroundings(line, otherwise, conflicts);
    return new PlanRequest(arguments(line.get("arguments"), conflicts), surroundings, conflicts);
  }

  private static Arguments arguments(Object given, List<Conflict> conflicts) {
    Arguments arguments = Arguments.none();
    if (given == null) {
      return arguments;
    }
    if (!(given instanceof Map<?, ?> values)) {
      conflicts.add(Lines.expected("arguments", given, "an object of names and values"));
      return arguments;
    }
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      String name = String.valueOf(entry.getKey());
      Optional<Argument<?>> argument = TrainerArguments.named(name);
      if (argument.isEmpty()) {
        conflicts.add(unknown(name));
        continue;
      }
      try {
        arguments = arguments.read(argument.get(), entry.getValue(), "this line");
      } catch (MisconfigurationException e) {
        conflicts.add(Conflict.of(e.getMessage(), e.hint(), argument.get()));
      }
    }
    return arguments;
  }

  private static Conflict unknown(String name) {
    List<String> names =
        TrainerArguments.all().stream().map(a -> a.name().replace('-', '_')).toList();
    return new Conflict(
        List.of(name),
        "There is no argument '%s'.".formatted(name),
        Closest.to(name, names)
            .map("Did you mean %s?"::formatted)
            .orElse("'levin plan --help' lists the arguments."));
  }
}
