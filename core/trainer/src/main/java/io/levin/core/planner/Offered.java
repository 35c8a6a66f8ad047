package io.levin.core.planner;

import static java.util.Objects.requireNonNull;

import io.levin.plan.Offer;

/**
 * An offer and who makes it.
 *
 * @param bundle symbolic name of the bundle
 */
public record Offered(Offer<?> offer, String bundle) {
  public Offered {
    requireNonNull(offer, "offer");
    requireNonNull(bundle, "bundle");
  }

  /** The plugin's class name. */
  public String name() {
    return offer.name();
  }
}
