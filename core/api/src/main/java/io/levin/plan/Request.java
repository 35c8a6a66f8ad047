package io.levin.plan;

import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What is asked of the offers: arguments, surroundings, and the choices made so far. */
@ProviderType
public interface Request {
  Arguments arguments();

  Surroundings surroundings();

  /**
   * The choice of a family that comes before the asking offer's own. It may have objections, which
   * are reported anyway and need no second mention; empty when nothing fitted at all.
   */
  Optional<Choice> choice(Family family);

  /**
   * All that is offered of a family, the highest ranking first, for an offer whose part works
   * through another's. Empty once the plan is made.
   */
  default List<Offer<?>> offers(Family family) {
    return List.of();
  }

  /** The plugin of this family that the user named in {@code plugins}, if any. */
  Optional<PluginReference> named(Family family);

  /** How the user named this very offer in {@code plugins}, with its options; empty when not. */
  default Optional<PluginReference> named(Offer<?> offer) {
    return named(offer.family()).filter(reference -> reference.name().equals(offer.name()));
  }

  /**
   * The word given for the family's own argument, in lower case, for example {@code ddp}; empty
   * when none was, or {@code auto}, which leaves it to the offers.
   */
  default Optional<String> word(Family family) {
    return family
        .argument()
        .map(argument -> arguments().get(argument))
        .map(word -> word.strip().toLowerCase(Locale.ROOT))
        .filter(word -> !word.equals("auto") || family == Family.PRECISION);
  }

  /** Whether the user asked for this very offer: by name, or with a word that is its own. */
  default boolean asksFor(Offer<?> offer) {
    Optional<PluginReference> named = named(offer.family());
    return named.isPresent()
        ? named.get().name().equals(offer.name())
        : word(offer.family()).filter(offer.words()::contains).isPresent();
  }

  /** Kind of the chosen device, for example {@code cpu} or {@code gpu}; empty when unknown. */
  default String device() {
    return choice(Family.ACCELERATOR)
        .map(accelerator -> accelerator.setting(Settings.DEVICE, String.class, ""))
        .orElse("");
  }

  /** Number of devices on one node; 1 when unknown. */
  default int parallelDevices() {
    return choice(Family.ACCELERATOR)
        .map(accelerator -> accelerator.setting(Settings.DEVICES, List.class, List.of(0)).size())
        .orElse(1);
  }

  /** The precision asked for; {@code 32} when none was. */
  default String precision() {
    return word(Family.PRECISION).orElse("32");
  }

  /** Name of the chosen plugin of a family, or an empty text. */
  default String chosen(Family family) {
    return choice(family).map(Choice::name).orElse("");
  }
}
