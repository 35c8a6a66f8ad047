package io.levin.launcher;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Whose classes must stay: services that say in their property {@code levin.uses} which bundles
 * they cannot do without, as every run of a Trainer does.
 */
final class InUse {
  private static final String USES = "levin.uses";
  private static final String NAME = "levin.run";

  private InUse() {}

  /** Who cannot do without a bundle; empty when nobody. */
  static String by(Bundle bundle, BundleContext context) {
    try {
      ServiceReference<?>[] users =
          context.getAllServiceReferences(
              null, "(%s=%s)".formatted(USES, bundle.getSymbolicName()));
      Collection<ServiceReference<?>> all = users == null ? List.of() : Arrays.asList(users);
      return all.stream()
          .map(user -> String.valueOf(user.getProperty(NAME)))
          .sorted()
          .collect(Collectors.joining(", "));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("a symbolic name has no special characters", e);
    }
  }
}
