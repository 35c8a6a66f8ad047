package io.levin.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes down what a distribution is made of, for other tools: an OSGi Feature ({@code
 * levin.feature.json}), and the same as requirements for bnd's resolver ({@code levin.bnd}). Run by
 * the build, with Maven's list of the distribution's artifacts.
 */
public final class FeatureFile {
  private static final Pattern ARTIFACT =
      Pattern.compile("\\s*([\\w.-]+):([\\w.-]+):jar:(?:([\\w.-]+):)?([^:\\s]+):\\w+.*");

  private FeatureFile() {}

  /**
   * An artifact of Maven's list.
   *
   * @param id as features write it
   * @param file name of its jar
   */
  private record Artifact(String id, String file) {
    static Artifact of(Matcher found) {
      String classifier = found.group(3);
      String id = found.group(1) + ":" + found.group(2);
      String file = found.group(2) + "-" + found.group(4);
      return classifier == null
          ? new Artifact(id + ":" + found.group(4), file + ".jar")
          : new Artifact(
              id + ":jar:" + classifier + ":" + found.group(4), file + "-" + classifier + ".jar");
    }
  }

  /** Writes both files: {@code LIST DISTRIBUTION VERSION BND-FILE}. */
  public static void main(String[] args) throws IOException {
    List<Artifact> artifacts;
    try (Stream<String> lines = Files.lines(Path.of(args[0]))) {
      artifacts = lines.map(ARTIFACT::matcher).filter(Matcher::matches).map(Artifact::of).toList();
    }
    Path distribution = Path.of(args[1]);
    Files.writeString(
        distribution.resolve("levin.feature.json"), feature(artifacts, distribution, args[2]));
    Files.writeString(Path.of(args[3]), requirements(distribution));
  }

  private static String feature(List<Artifact> artifacts, Path distribution, String version)
      throws IOException {
    List<String> bundles = new ArrayList<>();
    for (Path level : list(distribution.resolve("bundles"))) {
      for (Path jar : list(level)) {
        bundles.add(
            "    {\"id\": \"%s\", \"start-level\": %s, \"sha256\": \"%s\"}"
                .formatted(
                    id(jar, artifacts),
                    level.getFileName(),
                    PluginCopies.sha256(Files.readAllBytes(jar))));
      }
    }
    List<String> classPath = new ArrayList<>();
    for (Path jar : list(distribution.resolve("lib"))) {
      classPath.add("        {\"id\": \"%s\"}".formatted(id(jar, artifacts)));
    }
    return """
        {
          "feature-resource-version": "1.0",
          "id": "io.levin:levin-runtime:osgifeature:feature:%s",
          "name": "Levin",
          "description": "The bundles of Levin's distribution, and what the framework's class path holds.",
          "bundles": [
        %s
          ],
          "extensions": {
            "levin-class-path": {
              "kind": "mandatory",
              "type": "artifacts",
              "artifacts": [
        %s
              ]
            }
          }
        }
        """
        .formatted(version, String.join(",\n", bundles), String.join(",\n", classPath));
  }

  private static String id(Path jar, List<Artifact> artifacts) {
    String name = jar.getFileName().toString();
    return artifacts.stream()
        .filter(artifact -> artifact.file().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(name + " is no artifact of the build"))
        .id();
  }

  /** All bundles of Levin's are required; the libraries are for the resolver to find. */
  private static String requirements(Path distribution) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path level : list(distribution.resolve("bundles"))) {
      for (Path jar : list(level)) {
        if (jar.getFileName().toString().startsWith("levin-")) {
          names.add("bnd.identity;id='%s'".formatted(symbolicName(jar)));
        }
      }
    }
    String packages = Files.readAllLines(distribution.resolve("conf/system-packages")).get(1);
    return "-runrequires: \\\n  %s\n-runsystempackages: \\\n  %s\n"
        .formatted(
            String.join(",\\\n  ", names),
            Clauses.parse(packages).entrySet().stream()
                .map(
                    clause ->
                        "%s;version='%s'"
                            .formatted(clause.getKey(), clause.getValue().get("version")))
                .collect(Collectors.joining(",\\\n  ")));
  }

  private static String symbolicName(Path jar) throws IOException {
    try (JarFile bundle = new JarFile(jar.toFile())) {
      String header = bundle.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
      return Clauses.parse(header).keySet().iterator().next();
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
