package io.levin.it.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the distribution and the build say of themselves to other tools. */
class FeatureIT {
  private static final Path HOME = Path.of(System.getProperty("levin.distribution"));
  private static final Path ROOT = HOME.resolve("../../../..").normalize();

  private static JsonNode feature() throws IOException {
    return new ObjectMapper().readTree(HOME.resolve("levin.feature.json").toFile());
  }

  /** {@code group:artifact:version} as a path inside a repository of Maven's. */
  private static String path(String id) {
    String[] parts = id.split(":");
    String version = parts[parts.length - 1];
    String classifier = parts.length == 5 ? "-" + parts[3] : "";
    return "%s/%s/%s/%s-%s%s.jar"
        .formatted(parts[0].replace('.', '/'), parts[1], version, parts[1], version, classifier);
  }

  @Test
  void theFeatureNamesEveryBundleWithItsStartLevelAndSum() throws Exception {
    List<Path> jars;
    try (Stream<Path> files = Files.walk(HOME.resolve("bundles"))) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    List<Path> named = new ArrayList<>();
    for (JsonNode bundle : feature().get("bundles")) {
      String file = path(bundle.get("id").asText()).replaceFirst(".*/", "");
      Path jar = HOME.resolve("bundles").resolve(bundle.get("start-level").asText()).resolve(file);
      named.add(jar);
      assertThat(bundle.get("sha256").asText()).as(file).isEqualTo(sha256(jar));
    }
    assertThat(named).hasSizeGreaterThan(30).containsExactlyInAnyOrderElementsOf(jars);
  }

  /** Those of Levin's own are there only once they are installed. */
  @Test
  void librariesAreInTheRepositoryWhereTheFeatureSaysSo() throws Exception {
    Path repository = Path.of(System.getProperty("levin.repository"));
    List<String> ids = new ArrayList<>();
    feature().get("bundles").forEach(bundle -> ids.add(bundle.get("id").asText()));
    feature()
        .at("/extensions/levin-class-path/artifacts")
        .forEach(artifact -> ids.add(artifact.get("id").asText()));
    assertThat(ids.stream().filter(id -> !id.startsWith("io.levin:")).toList())
        .hasSizeGreaterThan(20)
        .allSatisfy(id -> assertThat(repository.resolve(path(id))).exists());
  }

  @Test
  void theBomNamesEveryModuleThatOthersCanUse() throws IOException {
    String bom = Files.readString(ROOT.resolve("bundles/bom/pom.xml"));
    List<String> modules =
        Pattern.compile("<module>([^<]+)</module>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")))
            .results()
            .map(found -> found.group(1))
            .filter(module -> !module.startsWith("it/") && !module.startsWith("bundles/bom"))
            .filter(module -> !module.equals("bundles/runtime"))
            .filter(module -> !module.startsWith("bundles/examples/"))
            .toList();
    assertThat(modules).hasSizeGreaterThan(25);
    for (String module : modules) {
      List<String> names =
          Pattern.compile("<artifactId>([^<]+)</artifactId>")
              .matcher(Files.readString(ROOT.resolve(module).resolve("pom.xml")))
              .results()
              .map((MatchResult found) -> found.group(1))
              .toList();
      assertThat(bom)
          .as("bundles/bom/pom.xml: add " + module)
          .contains("<artifactId>" + names.get(1) + "</artifactId>");
    }
  }

  private static String sha256(Path jar) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
  }
}
