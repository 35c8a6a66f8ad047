package io.levin.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Says which jars may not become plugins: those that would take the place of, or change, one of
 * Levin's own bundles; those changed since they were signed; and where there is a list of what is
 * allowed, all that is not on it.
 *
 * @param taken symbolic names of Levin's bundles
 * @param allowed file of what is allowed; everything is while there is none
 */
record PluginGuard(Set<String> taken, Path allowed) {

  /** For the plugins of a distribution, while its own bundles are the only ones. */
  static PluginGuard of(Path folder, BundleContext context) {
    return new PluginGuard(
        Arrays.stream(context.getBundles())
            .map(Bundle::getSymbolicName)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet()),
        folder.resolveSibling("conf").resolve("plugins.allow"));
  }

  /** Why this jar must not be installed, if so. */
  Optional<String> objection(PluginCopies.Copy jar) throws IOException {
    Signatures signatures = Signatures.of(jar.file());
    if (signatures.tampering().isPresent()) {
      return signatures
          .tampering()
          .map(
              "it was changed after it was signed (%s). Get it anew from who signed it."
                  ::formatted);
    }
    Optional<AllowList> list = AllowList.read(allowed);
    Optional<String> unlisted = list.flatMap(allow -> allow.objection(jar.sha256(), signatures));
    return unlisted.isPresent() ? unlisted : taking(jar.file());
  }

  private Optional<String> taking(Path path) throws IOException {
    try (JarFile jar = new JarFile(path.toFile())) {
      Attributes headers =
          jar.getManifest() == null ? new Attributes() : jar.getManifest().getMainAttributes();
      Set<String> names = Clauses.parse(headers.getValue("Bundle-SymbolicName")).keySet();
      if (names.isEmpty()) {
        return Optional.of("it is not a bundle: its manifest has no Bundle-SymbolicName.");
      }
      String name = names.iterator().next();
      if (isTaken(name)) {
        return Optional.of("its symbolic name %s is that of a bundle of Levin's.".formatted(name));
      }
      for (String host : Clauses.parse(headers.getValue("Fragment-Host")).keySet()) {
        if (isTaken(host)) {
          return Optional.of(
              "it is a fragment that would change %s, a bundle of Levin's.".formatted(host));
        }
      }
      return Optional.empty();
    }
  }

  private boolean isTaken(String name) {
    return taken.contains(name) || name.equals("system.bundle");
  }
}
