package io.levin.core.planner;

import static java.util.Objects.requireNonNull;

import io.levin.plan.Offer;

/**
 * An offer and who makes it.
 *
 * @param bundle symbolic name of the bundle
 * @param ranking of the service: the higher one is taken of two that fit equally
 */
public record Offered(Offer<?> offer, String bundle, int ranking) {
  public Offered(Offer<?> offer, String bundle) {
    this(offer, bundle, 0);
  }

  public Offered {
    requireNonNull(offer, "offer");
    requireNonNull(bundle, "bundle");
  }

  /** The plugin's class name. */
  public String name() {
    return offer.name();
  }
}
