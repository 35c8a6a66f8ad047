package io.levin.benchmarks.swap;

import io.levin.launcher.Container;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * Changes the checkpoint backend of running fits in every way there is, hundreds of times, in one
 * process with a real distribution: five fits save at every step, one of them watched.
 *
 * <p>{@code SwapTrial COUNT FOLDER}; the distribution is that of the system property {@code
 * levin.distribution}, or the one that was built.
 */
public final class SwapTrial {
  private SwapTrial() {}

  /** Prints what the trial found; ends with 1 when a save was lost. */
  public static void main(String[] args) throws Exception {
    Path built =
        Path.of(System.getProperty("levin.benchmarks", "it/benchmarks"))
            .resolve("../../bundles/runtime/target/levin");
    System.setProperty("levin.home", built.toString()); // the distribution's way of logging
    System.setProperty("levin.log", System.getProperty("levin.log", "warn"));
    Map<String, Object> found =
        run(
            Path.of(System.getProperty("levin.distribution", built.toString())),
            Path.of(args[1]),
            Integer.parseInt(args[0]));
    found.forEach((name, value) -> System.out.printf("%-28s %s%n", name, value));
    System.exit(List.of().equals(found.get("failures")) ? 0 : 1);
  }

  /**
   * Carries it out.
   *
   * @param folder that is empty, on the disk of the distribution
   * @param count of changes
   * @return what was found, by name; {@code failures} is a list of sentences
   */
  public static Map<String, Object> run(Path distribution, Path folder, int count)
      throws IOException, BundleException, URISyntaxException {
    Path home = folder.toAbsolutePath().resolve("levin");
    copy(distribution.toRealPath(), home);
    try (Container container = Container.ofDistribution(home, List.of())) {
      Bundle trial =
          container
              .context()
              .installBundle("levin:trial", new ByteArrayInputStream(Jars.trial(classes())));
      trial.start();
      @SuppressWarnings("unchecked") // it is the only one
      Function<Map<String, Object>, Map<String, Object>> inside =
          container.service(Function.class).orElseThrow();
      return inside.apply(Map.of("home", home, "folder", folder.toAbsolutePath(), "count", count));
    }
  }

  private static List<String> classes() throws IOException, URISyntaxException {
    Path root =
        Path.of(SwapTrial.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (!Files.isDirectory(root)) {
      try (java.util.jar.JarFile jar = new java.util.jar.JarFile(root.toFile())) {
        return jar.stream()
            .map(java.util.zip.ZipEntry::getName)
            .filter(name -> name.startsWith("io/levin/benchmarks/swap/") && name.endsWith(".class"))
            .toList();
      }
    }
    try (Stream<Path> files = Files.walk(root.resolve("io/levin/benchmarks/swap"))) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(file -> root.relativize(file).toString())
          .toList();
    }
  }

  /** Its files are hard links. */
  private static void copy(Path source, Path target) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(source)) {
      paths = walk.toList();
    }
    for (Path path : paths) {
      Path copy = target.resolve(source.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(copy);
      } else {
        Files.createLink(copy, path);
      }
    }
  }
}
