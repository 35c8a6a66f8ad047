package io.levin.logger.builtin;

import io.levin.arguments.Argument;
import io.levin.arguments.Arguments;
import io.levin.plan.Choice;
import io.levin.plan.Family;
import io.levin.plan.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the report says of a plan. */
final class PlanFacts {
  private PlanFacts() {}

  /** Each family's choice, why it was made, and which bundle made the offer. */
  static List<Map<String, Object>> choices(Plan plan) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Family family : Family.values()) {
      Choice choice = plan.choice(family);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("family", family.type());
      row.put("name", choice.name());
      row.put("why", choice.fits().why());
      row.put("bundle", choice.bundle());
      row.put("warnings", choice.fits().warnings());
      rows.add(row);
    }
    return rows;
  }

  /** The arguments that were given, by name, and from where. */
  static List<Map<String, Object>> arguments(Plan plan) {
    Arguments arguments = plan.arguments();
    return arguments.given().stream()
        .sorted(Comparator.comparing(Argument::name))
        .map(
            argument ->
                Map.<String, Object>of(
                    "name", argument.name(),
                    "value", String.valueOf(arguments.get(argument)),
                    "origin", arguments.origin(argument)))
        .toList();
  }
}
