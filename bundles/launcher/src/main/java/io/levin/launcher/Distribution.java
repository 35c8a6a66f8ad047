package io.levin.launcher;

import io.levin.launcher.Layout.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An unpacked distribution: {@code lib}, {@code bundles/LEVEL}, {@code plugins}, {@code conf}. */
record Distribution(Path home) {
  private static final String REINSTALL = "Unpack the distribution again.";

  Layout layout() {
    Path bundles = home.resolve("bundles");
    if (!Files.isDirectory(bundles)) {
      throw new LaunchException(
          "'%s' is not a distribution of Levin: it has no folder 'bundles'.".formatted(home),
          "Keep levin.jar in its unpacked distribution, or set LEVIN_HOME to it.");
    }
    try {
      List<Source> sources = new ArrayList<>();
      for (Path level : list(bundles)) {
        int number = level(level);
        for (Path jar : list(level)) {
          if (jar.toString().endsWith(".jar")) {
            sources.add(Source.of(jar, home.relativize(jar).toString(), number));
          }
        }
      }
      if (sources.isEmpty()) {
        throw new LaunchException("There are no bundles in '%s'.".formatted(bundles), REINSTALL);
      }
      sources.sort(java.util.Comparator.comparingInt(Source::level));
      String packages =
          SystemPackages.of(home.resolve("lib"), home.resolve("conf/system-packages"));
      return new Layout(
          List.copyOf(sources),
          packages,
          Optional.of(home.resolve("plugins")),
          Optional.of(home.resolve("conf/plugins")));
    } catch (IOException | UncheckedIOException e) {
      throw new LaunchException("Cannot read the distribution: %s.".formatted(e), REINSTALL, e);
    }
  }

  private static int level(Path folder) {
    try {
      return Integer.parseInt(folder.getFileName().toString());
    } catch (NumberFormatException e) {
      throw new LaunchException(
          "'%s' is not a start level: folders in 'bundles' are numbers.".formatted(folder),
          "Bundles of your own go to the folder 'plugins'.",
          e);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
