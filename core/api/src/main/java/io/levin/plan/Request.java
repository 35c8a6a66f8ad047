package io.levin.plan;

import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What is asked of the offers: arguments, surroundings, and the choices made so far. */
@ProviderType
public interface Request {
  Arguments arguments();

  Surroundings surroundings();

  /**
   * The choice of a family that comes before the asking offer's own. After a conflict it is the
   * offer that was asked for, so that later families can still be judged; empty when there is none
   * at all.
   */
  Optional<Choice> choice(Family family);

  /** The plugin of this family that the user named in {@code plugins}, if any. */
  Optional<PluginReference> named(Family family);

  /** How the user named this very offer in {@code plugins}, with its options; empty when not. */
  default Optional<PluginReference> named(Offer<?> offer) {
    return named(offer.family()).filter(reference -> reference.name().equals(offer.name()));
  }

  /** Name of the chosen plugin of a family, or an empty text. */
  default String chosen(Family family) {
    return choice(family).map(Choice::name).orElse("");
  }
}
