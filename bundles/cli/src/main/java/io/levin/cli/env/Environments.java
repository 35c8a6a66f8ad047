package io.levin.cli.env;

import io.levin.MisconfigurationException;
import io.levin.cluster.ClusterEnvironmentOffer;
import io.levin.cluster.Detection;
import io.levin.core.planner.Closest;
import io.levin.core.planner.Offered;
import io.levin.plan.Surroundings;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds out in which cluster environment a process is. */
public final class Environments {
  private static final String SUFFIX = "Environment";

  private final List<ClusterEnvironmentOffer> offers;

  /** Offers of other families are ignored. */
  public Environments(Collection<Offered> offers) {
    this.offers =
        offers.stream()
            .map(Offered::offer)
            .filter(ClusterEnvironmentOffer.class::isInstance)
            .map(ClusterEnvironmentOffer.class::cast)
            .sorted(
                Comparator.comparingInt(ClusterEnvironmentOffer::specificity)
                    .reversed()
                    .thenComparing(ClusterEnvironmentOffer::name))
            .toList();
  }

  /**
   * The environment of these surroundings.
   *
   * @param forced asks this one instead of the one detected: {@code slurm} or {@code
   *     SLURMEnvironment}
   * @throws MisconfigurationException when there is no such environment
   */
  public EnvReport ask(Surroundings surroundings, Optional<String> forced) {
    ClusterEnvironmentOffer chosen =
        forced.isPresent() ? named(forced.get()) : detected(surroundings);
    List<EnvReport.Other> others =
        offers.stream()
            .filter(offer -> offer != chosen)
            .map(offer -> new EnvReport.Other(offer.name(), why(offer, chosen, surroundings)))
            .toList();
    return EnvReport.of(
        chosen.name(),
        forced.isPresent() ? "you asked for it" : chosen.detect(surroundings).why(),
        chosen.environment(surroundings, Map.of()),
        others);
  }

  private static String why(
      ClusterEnvironmentOffer offer, ClusterEnvironmentOffer chosen, Surroundings surroundings) {
    Detection detection = offer.detect(surroundings);
    return detection.found() && offer.specificity() < chosen.specificity()
        ? chosen.name() + " goes before it"
        : detection.why();
  }

  private ClusterEnvironmentOffer detected(Surroundings surroundings) {
    return offers.stream()
        .filter(offer -> offer.detect(surroundings).found())
        .findFirst()
        .orElseThrow(
            () ->
                new MisconfigurationException(
                    "No installed bundle offers a cluster environment for this process.",
                    "Install one; 'levin plugins' shows what there is."));
  }

  private ClusterEnvironmentOffer named(String name) {
    return offers.stream()
        .filter(offer -> offer.name().equalsIgnoreCase(name) || word(offer).equals(lower(name)))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private MisconfigurationException unknown(String name) {
    List<String> words = offers.stream().map(Environments::word).sorted().toList();
    return new MisconfigurationException(
        "There is no environment '%s'. There are: %s.".formatted(name, String.join(", ", words)),
        Closest.to(name, words)
            .map("Did you mean %s?"::formatted)
            .orElse("Give one of these, or install the bundle that offers it."));
  }

  /** {@code slurm} for SLURMEnvironment. */
  private static String word(ClusterEnvironmentOffer offer) {
    String name = offer.name();
    return lower(name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name);
  }

  private static String lower(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
