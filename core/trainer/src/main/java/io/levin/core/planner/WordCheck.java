package io.levin.core.planner;

import io.levin.arguments.Argument;
import io.levin.arguments.PluginReference;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Conflict;
import io.levin.plan.Family;
import io.levin.plan.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks the word given for a family's argument: somebody knows it, and no named plugin denies. */
final class WordCheck {
  private final Family family;
  private final Request request;
  private final Findings findings;

  WordCheck(Family family, Request request, Findings findings) {
    this.family = family;
    this.request = request;
    this.findings = findings;
  }

  /**
   * Whether there was something wrong.
   *
   * @param refused what the offers said themselves; one about the word alone needs no second
   */
  boolean decide(Map<Family, List<Offered>> all, List<Conflict> refused) {
    Optional<String> word = request.word(family);
    if (word.isEmpty()) {
      return false;
    }
    Argument<String> argument = family.argument().orElseThrow();
    List<Offered> offers = all.get(family);
    if (offers.stream().noneMatch(offered -> offered.offer().words().contains(word.get()))) {
      Set<String> known = new TreeSet<>();
      offers.forEach(offered -> known.addAll(offered.offer().words()));
      if (refused.stream().noneMatch(c -> c.about().equals(List.of(argument.name())))) {
        findings.conflict(unknown(argument, known, all));
      }
      return true;
    }
    return denied(argument, word.get(), offers);
  }

  private Conflict unknown(
      Argument<String> argument, Set<String> known, Map<Family, List<Offered>> all) {
    String given = request.arguments().get(argument);
    return Conflict.of(
        "There is no %s '%s'. There are: %s."
            .formatted(argument.name(), given, String.join(", ", known)),
        Closest.to(given, known)
            .map(closest -> "Did you mean --%s %s?".formatted(argument.name(), closest))
            .or(() -> elsewhere(given, all))
            .orElse("Give one of these, or install a bundle that adds it."),
        argument);
  }

  /** The word may be right and only the argument wrong, as in {@code --accelerator ddp}. */
  private static Optional<String> elsewhere(String word, Map<Family, List<Offered>> all) {
    return all.values().stream()
        .flatMap(List::stream)
        .map(Offered::offer)
        .filter(offer -> offer.words().contains(word) && offer.family().argument().isPresent())
        .map(offer -> "Did you mean --%s %s?".formatted(offer.family().argument().get(), word))
        .findFirst();
  }

  private boolean denied(Argument<String> argument, String word, List<Offered> offers) {
    Optional<Offered> denying =
        offers.stream()
            .filter(offered -> request.named(offered.offer()).isPresent())
            .filter(offered -> !offered.offer().words().contains(word))
            .findFirst();
    denying.ifPresent(
        offered -> {
          PluginReference named = request.named(offered.offer()).orElseThrow();
          Set<String> own = new TreeSet<>(offered.offer().words());
          findings.conflict(
              Conflict.of(
                  "%s %s and the plugin %s say different things."
                      .formatted(argument.name(), request.arguments().get(argument), named),
                  own.isEmpty()
                      ? "Leave out --%s, or the plugin.".formatted(argument.name())
                      : "Leave out --%1$s, or give --%1$s %2$s, or leave out the plugin."
                          .formatted(argument.name(), String.join(" or ", own)),
                  argument,
                  TrainerArguments.PLUGINS));
        });
    return denying.isPresent();
  }
}
