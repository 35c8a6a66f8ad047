package io.levin.core.planner;

import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Conflict;
import io.levin.plan.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The plugins that the user named, sorted into their families. */
final class NamedPlugins {
  private final Map<Family, List<PluginReference>> byFamily = new EnumMap<>(Family.class);

  private NamedPlugins() {}

  static NamedPlugins among(List<Offered> offers, Arguments arguments, Findings findings) {
    NamedPlugins named = new NamedPlugins();
    for (PluginReference reference : arguments.get(TrainerArguments.PLUGINS)) {
      familyOf(reference.name(), offers)
          .ifPresentOrElse(
              family -> {
                named.byFamily.computeIfAbsent(family, f -> new ArrayList<>()).add(reference);
                strangeOptions(reference, offers).ifPresent(findings::conflict);
              },
              () -> findings.conflict(unknown(reference.name(), offers)));
    }
    named.byFamily.forEach(
        (family, references) -> {
          if (references.size() > 1) {
            findings.conflict(several(family, references));
          }
        });
    return named;
  }

  Optional<PluginReference> of(Family family) {
    return Optional.ofNullable(byFamily.get(family)).map(references -> references.get(0));
  }

  private static Optional<Family> familyOf(String name, List<Offered> offers) {
    return offers.stream()
        .filter(offered -> offered.name().equals(name))
        .map(offered -> offered.offer().family())
        .findFirst();
  }

  private static Optional<Conflict> strangeOptions(
      PluginReference reference, List<Offered> offers) {
    Set<String> known = new TreeSet<>();
    offers.stream()
        .filter(offered -> offered.name().equals(reference.name()))
        .forEach(offered -> known.addAll(offered.offer().options()));
    Set<String> strange = new TreeSet<>(reference.options().keySet());
    strange.removeAll(known);
    if (strange.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Conflict.of(
            known.isEmpty()
                ? "%s takes no options, but is given %s."
                    .formatted(reference.name(), String.join(", ", strange))
                : "%s has no option %s. There are: %s."
                    .formatted(
                        reference.name(), String.join(", ", strange), String.join(", ", known)),
            "Leave out %s.".formatted(String.join(", ", strange)),
            TrainerArguments.PLUGINS));
  }

  private static Conflict several(Family family, List<PluginReference> references) {
    List<String> names = references.stream().map(PluginReference::toString).toList();
    return Conflict.of(
        "plugins names %d of the kind %s: %s."
            .formatted(names.size(), family.type(), String.join(", ", names)),
        "Keep one of them.",
        TrainerArguments.PLUGINS);
  }

  /** Lists the kind that the name's ending gives away, or else everything. */
  private static Conflict unknown(String name, List<Offered> offers) {
    Optional<Family> kind =
        Arrays.stream(Family.values()).filter(f -> name.endsWith(f.type())).findFirst();
    List<String> names =
        offers.stream()
            .filter(offered -> kind.isEmpty() || offered.offer().family() == kind.get())
            .map(Offered::name)
            .distinct()
            .toList();
    return Conflict.of(
        "No installed bundle offers %s '%s'. There are: %s."
            .formatted(kind.map(Family::type).orElse("a plugin"), name, String.join(", ", names)),
        Closest.to(name, names)
            .map(closest -> "Did you mean %s?".formatted(closest))
            .orElse("Name one of these, or install the bundle that offers it."),
        TrainerArguments.PLUGINS);
  }
}
