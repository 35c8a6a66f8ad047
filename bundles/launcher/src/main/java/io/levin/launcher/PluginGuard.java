package io.levin.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * Says which jars may not become plugins: those that would take the place of, or change, one of
 * Levin's own bundles; and where there is a list of what is allowed, all that is not on it.
 */
final class PluginGuard {
  private final Set<String> taken;
  private final Path allowed;

  /**
   * @param taken symbolic names of Levin's bundles
   * @param allowed file with a SHA-256 a line; all are allowed while there is none
   */
  PluginGuard(Set<String> taken, Path allowed) {
    this.taken = taken;
    this.allowed = allowed;
  }

  /** Why this jar must not be installed, if so. */
  Optional<String> objection(PluginCopies.Copy jar) throws IOException {
    Optional<String> unlisted = unlisted(jar.sha256());
    return unlisted.isPresent() ? unlisted : taking(jar.file());
  }

  private Optional<String> unlisted(String sha256) throws IOException {
    Set<String> sums = new HashSet<>();
    try {
      for (String line : Files.readAllLines(allowed)) {
        sums.add(line.replaceFirst("#.*", "").strip().split("\\s")[0].toLowerCase(Locale.ROOT));
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    return sums.contains(sha256)
        ? Optional.empty()
        : Optional.of(
            "%s does not allow it. To allow it, add the line %s."
                .formatted(allowed.getFileName(), sha256));
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
