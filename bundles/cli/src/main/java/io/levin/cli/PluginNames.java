package io.levin.cli;

import io.levin.LevinException;
import io.levin.core.planner.Offered;
import io.levin.launcher.Inspection;
import io.levin.launcher.PluginFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the bundle or jar that somebody means by a name. */
final class PluginNames {
  private final Services services;

  PluginNames(Services services) {
    this.services = services;
  }

  /**
   * The bundle that is meant: by its symbolic name, its jar's name, with or without the ending, or
   * the name of what it offers.
   */
  Services.Installed bundle(String name) {
    String file = Path.of(name).getFileName().toString();
    String offering =
        services.offers().stream()
            .filter(offered -> offered.name().equalsIgnoreCase(name))
            .map(Offered::bundle)
            .findFirst()
            .orElse(name);
    return services.bundles().stream()
        .filter(
            bundle ->
                bundle.name().equals(offering)
                    || bundle.file().equals(file)
                    || bundle.file().equals(file + ".jar"))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private UsageException unknown(String name) {
    Set<String> known = new TreeSet<>();
    services.bundles().forEach(bundle -> known.add(bundle.name()));
    services.offers().forEach(offered -> known.add(offered.name()));
    return UsageException.unknown(
        "There is no plugin, bundle or file '%s'.".formatted(name),
        name,
        known,
        "'levin plugins' lists what there is.");
  }

  /** The folder of plugins. */
  PluginFolder folder() {
    return services
        .plugins()
        .orElseThrow(
            () ->
                LevinException.environment(
                    "This process has no folder of plugins.", "Use an unpacked distribution."));
  }

  /** What a jar is. */
  Inspection inspect(Path jar) {
    return inspect(jar, List.of());
  }

  /** What a jar is where some others would be too. */
  Inspection inspect(Path jar, List<Path> beside) {
    try {
      return folder().inspect(jar, beside);
    } catch (NoSuchFileException e) {
      throw new UsageException("There is no file '%s'.".formatted(jar), "Check the path.");
    } catch (IOException e) {
      throw LevinException.user(
          "'%s' cannot be read as a jar: %s."
              .formatted(jar, Files.isSymbolicLink(jar) ? "it is a symbolic link" : e.getMessage()),
          "Give the jar of a bundle.");
    }
  }
}
