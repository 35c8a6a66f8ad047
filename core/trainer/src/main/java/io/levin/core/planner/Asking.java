package io.levin.core.planner;

import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import io.levin.plan.Choice;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Surroundings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The request as it stands: it grows by one choice with every family. */
final class Asking implements Request {
  private final Arguments arguments;
  private final Surroundings surroundings;
  private final NamedPlugins named;
  private final Map<Family, List<Offered>> offers;
  private final Map<Family, Optional<String>> words = new EnumMap<>(Family.class);
  private final Map<Family, Choice> choices = new EnumMap<>(Family.class);

  Asking(
      Arguments arguments,
      Surroundings surroundings,
      NamedPlugins named,
      Map<Family, List<Offered>> offers) {
    this.offers = offers;
    this.arguments = arguments;
    this.surroundings = surroundings;
    this.named = named;
    for (Family family : Family.values()) {
      words.put(family, Request.super.word(family)); // every offer asks for it
    }
  }

  void choose(Choice choice) {
    choices.put(choice.offer().family(), choice);
  }

  Map<Family, Choice> choices() {
    return choices;
  }

  @Override
  public Arguments arguments() {
    return arguments;
  }

  @Override
  public Surroundings surroundings() {
    return surroundings;
  }

  @Override
  public Optional<Choice> choice(Family family) {
    return Optional.ofNullable(choices.get(family));
  }

  @Override
  public List<Offer<?>> offers(Family family) {
    return offers.get(family).stream().<Offer<?>>map(Offered::offer).toList();
  }

  @Override
  public Optional<PluginReference> named(Family family) {
    return named.of(family);
  }

  @Override
  public Optional<String> word(Family family) {
    return words.get(family);
  }
}
