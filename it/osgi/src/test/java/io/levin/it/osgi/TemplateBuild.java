package io.levin.it.osgi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A copy of the template for plugins, and a Maven that builds it offline.
 *
 * <p>Its local repository holds what the template needs of Levin, as the reactor has just built it;
 * everything else in it is the repository that the reactor itself used.
 */
final class TemplateBuild {
  private static final Path ROOT = Path.of(System.getProperty("levin.root"));
  private static final Path OUTER = Path.of(System.getProperty("levin.repository"));
  private static final String VERSION = "1.0.0-SNAPSHOT";

  /** What a stranger would get from a repository: artifact, and where it is built. */
  private static final Map<String, String> PUBLISHED =
      Map.of(
          "levin", "",
          "levin-bom", "bundles/bom",
          "levin-api", "core/api",
          "levin-torch", "core/torch",
          "levin-engine", "bundles/engine",
          "levin-launcher", "bundles/launcher",
          "levin-testkit", "core/testkit");

  private final Path folder;
  private final Path repository;

  private TemplateBuild(Path folder, Path repository) {
    this.folder = folder;
    this.repository = repository;
  }

  static TemplateBuild copied(Path temporary) throws IOException {
    Path source = ROOT.resolve("bundles/examples/plugin-template");
    Path copy = temporary.resolve("my-plugins");
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(path -> !path.toString().contains("/target")).toList()) {
        Files.copy(file, copy.resolve(source.relativize(file).toString()));
      }
    }
    return new TemplateBuild(copy, repository(temporary.resolve("repository")));
  }

  private static Path repository(Path repository) throws IOException {
    linkAllBut("io", OUTER, repository);
    if (Files.isDirectory(OUTER.resolve("io"))) {
      linkAllBut("levin", OUTER.resolve("io"), repository.resolve("io"));
    }
    for (Map.Entry<String, String> artifact : PUBLISHED.entrySet()) {
      Path module = ROOT.resolve(artifact.getValue());
      Path place = repository.resolve("io/levin/%s/%s".formatted(artifact.getKey(), VERSION));
      Files.createDirectories(place);
      String name = "%s-%s".formatted(artifact.getKey(), VERSION);
      Files.copy(module.resolve("pom.xml"), place.resolve(name + ".pom"));
      Path jar = module.resolve("target").resolve(name + ".jar");
      if (Files.exists(jar)) {
        Files.copy(jar, place.resolve(name + ".jar"));
      }
    }
    return repository;
  }

  private static void linkAllBut(String name, Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.filter(path -> !path.endsWith(name)).toList()) {
        Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toAbsolutePath());
      }
    }
  }

  Path folder() {
    return folder;
  }

  /** Runs Maven; gives what it printed. */
  String run(String goal) throws IOException, InterruptedException {
    Path log = folder.resolveSibling("build.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                    "-B",
                    "-o",
                    "-llr", // where an artifact once came from says nothing here
                    "-Dmaven.repo.local=" + repository,
                    goal))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(15, TimeUnit.MINUTES)).as("the build ends").isTrue();
      String output = Files.readString(log, UTF_8);
      assertThat(process.exitValue()).as(output).isZero();
      return output;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
