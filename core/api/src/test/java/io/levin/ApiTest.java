package io.levin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the API shows, and what it drags in: both are promises to those who write plugins. */
class ApiTest {
  private static final Path CLASSES = Path.of("target/classes");

  private static Set<String> packages(String header) throws IOException {
    try (InputStream in = Files.newInputStream(CLASSES.resolve("META-INF/MANIFEST.MF"))) {
      String value = new Manifest(in).getMainAttributes().getValue(header);
      // Commas within quotes separate no clauses.
      return Arrays.stream(value.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"))
          .map(clause -> clause.split(";")[0])
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void needsTheEnginesPublicApiAndNothingElse() throws IOException {
    assertThat(packages("Import-Package"))
        .allMatch(name -> name.startsWith("ai.djl") || name.startsWith("io.levin"))
        .noneMatch(name -> name.startsWith("ai.djl.pytorch"));
  }

  @Test
  void everyPackageIsExportedWithAVersionOfItsOwn() throws IOException {
    List<String> all;
    try (Stream<Path> files = Files.walk(CLASSES.resolve("io"))) {
      all =
          files
              .filter(file -> file.toString().endsWith(".class"))
              .map(file -> CLASSES.relativize(file.getParent()).toString().replace('/', '.'))
              .distinct()
              .sorted()
              .toList();
    }
    assertThat(packages("Export-Package")).containsExactlyElementsOf(all);
    for (String name : all) {
      assertThat(Path.of("src/main/java", name.replace('.', '/'), "package-info.java"))
          .content()
          .contains(
              "@org.osgi.annotation.bundle.Export", "@org.osgi.annotation.versioning.Version(");
    }
  }
}
