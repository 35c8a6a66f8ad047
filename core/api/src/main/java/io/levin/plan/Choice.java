package io.levin.plan;

import static java.util.Objects.requireNonNull;

/**
 * The offer chosen for one family.
 *
 * @param bundle symbolic name of the bundle that made the offer
 */
public record Choice(Offer<?> offer, Answer.Fits fits, String bundle) {
  public Choice {
    requireNonNull(offer, "offer");
    requireNonNull(fits, "fits");
    requireNonNull(bundle, "bundle");
  }

  /** The plugin's class name, for example {@code CPUAccelerator}. */
  public String name() {
    return offer.name();
  }

  /** A setting of the chosen fit, or {@code otherwise}. */
  public <T> T setting(String name, Class<T> type, T otherwise) {
    Object value = fits.settings().get(name);
    return value == null ? otherwise : type.cast(value);
  }
}
