package io.levin.launcher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** What bundles need that is not there, in words: all of it, not only what is met first. */
final class Lacks {
  private final FrameworkWiring wiring;

  Lacks(Bundle system) {
    this.wiring = system.adapt(FrameworkWiring.class);
  }

  /**
   * Resolves bundles together; none is started.
   *
   * @return sentences for those that do not resolve. Where some lack only what others of them would
   *     bring, just those others are told.
   */
  Map<Bundle, List<String>> of(Collection<Bundle> bundles) {
    wiring.resolveBundles(bundles);
    Map<Bundle, List<String>> lacks = new LinkedHashMap<>();
    Map<Bundle, List<String>> echoes = new LinkedHashMap<>();
    for (Bundle bundle : bundles) {
      if (bundle.getState() == Bundle.INSTALLED) {
        Set<String> missing = new LinkedHashSet<>();
        Set<String> through = new TreeSet<>();
        look(bundle, missing, through);
        if (!missing.isEmpty()) {
          lacks.put(bundle, List.copyOf(missing));
        } else {
          echoes.put(bundle, echo(bundle, through));
        }
      }
    }
    return lacks.isEmpty() ? echoes : lacks;
  }

  /** What one bundle lacks; empty when it is resolved. */
  List<String> of(Bundle bundle) {
    return of(List.of(bundle)).getOrDefault(bundle, List.of());
  }

  private void look(Bundle bundle, Set<String> missing, Set<String> through) {
    for (BundleRequirement requirement :
        bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
      if (!isNeededToResolve(requirement)) {
        continue;
      }
      Collection<BundleCapability> providers = wiring.findProviders(requirement);
      if (providers.isEmpty()) {
        missing.add(
            Reasons.requirement(
                requirement.getNamespace(),
                requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "")));
      } else if (providers.stream()
          .allMatch(p -> p.getRevision().getBundle().getState() == Bundle.INSTALLED)) {
        through.add(
            providers.stream()
                .map(provider -> provider.getRevision().getSymbolicName())
                .distinct()
                .collect(Collectors.joining(" or ")));
      }
    }
    through.remove(bundle.getSymbolicName());
  }

  private static boolean isNeededToResolve(BundleRequirement requirement) {
    Map<String, String> directives = requirement.getDirectives();
    String resolution = directives.getOrDefault(Constants.RESOLUTION_DIRECTIVE, "mandatory");
    String effective = directives.getOrDefault(Constants.EFFECTIVE_DIRECTIVE, "resolve");
    return resolution.equals("mandatory") && effective.equals("resolve");
  }

  /** Nothing is missing by itself: a neighbour is, or what is there contradicts itself. */
  private static List<String> echo(Bundle bundle, Set<String> through) {
    if (!through.isEmpty()) {
      return List.of(
          "it needs %s, which cannot be resolved.".formatted(String.join(", ", through)));
    }
    List<String> reasons = new ArrayList<>();
    try {
      bundle.start(Bundle.START_TRANSIENT); // what does not resolve never starts; Felix says why
    } catch (BundleException e) {
      reasons.add(Reasons.of(e));
    }
    return reasons;
  }
}
