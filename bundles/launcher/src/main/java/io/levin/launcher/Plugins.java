package io.levin.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * Installs the bundles of a folder after a check that none takes the place of a bundle that is
 * already there. One that fails is reported in a line and left out; the rest goes on.
 */
final class Plugins {
  private final BundleContext context;
  private final Set<String> taken;
  private final PrintStream complaints = System.err;

  Plugins(BundleContext context) {
    this.context = context;
    this.taken =
        Arrays.stream(context.getBundles())
            .map(Bundle::getSymbolicName)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet());
  }

  void start(Path folder) {
    Map<Bundle, Path> installed = new LinkedHashMap<>();
    for (Path jar : jars(folder)) {
      try {
        Optional<String> objection = objection(jar);
        if (objection.isPresent()) {
          complain(jar, objection.get());
        } else {
          installed.put(context.installBundle("reference:" + jar.toUri()), jar);
        }
      } catch (IOException e) {
        complain(jar, "it cannot be read (%s).".formatted(e.getMessage()));
      } catch (BundleException e) {
        complain(jar, Reasons.of(e));
      }
    }
    installed.forEach(this::start);
  }

  private void start(Bundle bundle, Path jar) {
    try {
      if (bundle.getHeaders().get("Fragment-Host") == null) {
        bundle.start();
      }
    } catch (BundleException e) {
      complain(jar, Reasons.of(e));
    }
  }

  /** Why this jar must not be installed, if so. */
  private Optional<String> objection(Path path) throws IOException {
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

  private static List<Path> jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new LaunchException(
          "Cannot read the folder of plugins '%s': %s.".formatted(folder, e.getMessage()),
          "Make it readable, or remove it.",
          e);
    }
  }

  private void complain(Path jar, String reason) {
    complaints.printf(
        "levin: plugin %s is left out: %s%n",
        jar.getFileName(), reason.lines().collect(Collectors.joining(" ")));
  }
}
