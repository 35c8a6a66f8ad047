package io.levin.it.osgi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.levin.it.osgi.Levin.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code levin plugins}, where no run goes on. */
class PluginsIT {
  @TempDir Path folder;
  private Levin levin;

  private Outcome run(String... arguments) {
    return InProcess.run(levin.home(), arguments);
  }

  @BeforeEach
  void unpack() throws IOException {
    levin = Levin.copied(folder.resolve("levin"));
  }

  private Path bundle(String file, Map<String, String> headers) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
    headers.forEach(manifest.getMainAttributes()::putValue);
    Path jar = Files.createDirectories(folder.resolve("jars")).resolve(file);
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  @Test
  void whatDoesNotFitIsToldInFull() throws IOException {
    Path mine =
        bundle(
            "mine.jar",
            Map.of(
                "Bundle-SymbolicName", "org.example.mine",
                "Import-Package", "org.example.a;version=\"[1,2)\",org.example.b,org.example.c",
                "Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""));
    Path core = bundle("core.jar", Map.of("Bundle-SymbolicName", "io.levin.api"));
    Path helpful =
        bundle(
            "helpful.jar",
            Map.of(
                "Bundle-SymbolicName", "org.example.helpful",
                "Export-Package", "org.example.b,org.example.c"));
    Outcome outcome =
        run("plugins", "verify", mine.toString(), core.toString(), helpful.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("refused  " + mine + ": it needs")
        .contains("the package org.example.a (from 1.0.0, before 2.0.0), which no bundle here")
        .contains("it needs Java 99; this is Java ")
        .doesNotContain("org.example.b")
        .contains("core.jar: its symbolic name io.levin.api is that of a bundle of Levin's.")
        .contains("fits     " + helpful + ": org.example.helpful 0.0.0");
  }

  @Test
  void aPluginIsInstalledReplacedShownAndRemoved() throws IOException {
    Path first = PluginJar.write(folder.resolve("dropped-1.0.jar"), "1.0.0", 5);
    Path next = PluginJar.write(folder.resolve("dropped-1.1.jar"), "1.1.0", 6);
    Outcome installed = run("plugins", "install", first.toString());
    assertThat(installed.err()).isEmpty();
    assertThat(installed.out()).startsWith("org.example.dropped 1.0.0 is installed: ");
    assertThat(levin.home().resolve("plugins/dropped-1.0.jar")).hasSameBinaryContentAs(first);
    Outcome again = run("plugins", "install", next.toString());
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err())
        .contains("org.example.dropped is there already, as dropped-1.0.jar.")
        .contains("Give --replace to put this one in its place.");
    assertThat(run("plugins", "install", next.toString(), "--replace").code()).isZero();
    assertThat(jars()).containsExactly("dropped-1.1.jar");

    JsonNode list = new ObjectMapper().readTree(run("plugins", "list", "--json").out());
    assertThat(list.get("bundles"))
        .filteredOn(bundle -> bundle.get("origin").asText().equals("plugin"))
        .singleElement()
        .satisfies(bundle -> assertThat(bundle.get("name").asText()).endsWith(".dropped"));
    assertThat(run("plugins", "info", "DroppedCheckpointIO").out())
        .containsPattern("bundle +org.example.dropped 1.1.0")
        .containsPattern("offers +DroppedCheckpointIO \\(checkpoint-io, ranking 6\\)")
        .containsPattern("settings +conf/plugins/dropped.yaml")
        .containsPattern("allowed +yes");

    Outcome core = run("plugins", "remove", "io.levin.api");
    assertThat(core.code()).isEqualTo(2);
    assertThat(core.err()).contains("io.levin.api is a bundle of Levin's own.");
    Outcome unknown = run("plugins", "remove", "DropedCheckpointIO");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("Did you mean DroppedCheckpointIO?");
    assertThat(run("plugins", "remove", "org.example.dropped").out())
        .isEqualTo("dropped-1.1.jar is removed.\n");
    assertThat(jars()).isEmpty();
  }

  @Test
  void whoNeedsAPluginIsSaidBeforeItGoes() throws IOException {
    bundle(
        "library.jar",
        Map.of(
            "Bundle-SymbolicName", "org.example.library", "Export-Package", "org.example.library"));
    bundle(
        "user.jar",
        Map.of("Bundle-SymbolicName", "org.example.user", "Import-Package", "org.example.library"));
    Files.move(folder.resolve("jars/user.jar"), levin.home().resolve("plugins/user.jar"));
    Path library = levin.home().resolve("plugins/library.jar");
    Files.move(folder.resolve("jars/library.jar"), library);
    Outcome refused = run("plugins", "remove", "library");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("library.jar is in use:")
        .contains("Without it, org.example.user: it needs the package org.example.library")
        .contains("Give --yes");
    assertThat(library).exists();
    assertThat(run("plugins", "remove", "library", "--yes").code()).isZero();
    assertThat(library).doesNotExist();
  }

  @Test
  void aRefusedJarIsNotInstalled() throws IOException {
    Files.writeString(levin.home().resolve("conf/plugins.allow"), "# nothing yet\n");
    Path jar = PluginJar.write(folder.resolve("mine.jar"), "1.0.0", 5);
    Outcome refused = run("plugins", "install", jar.toString());
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .startsWith("levin: mine.jar is not installed:")
        .contains("plugins.allow does not allow it. To allow it, add the line ");
    Path link = Files.createSymbolicLink(folder.resolve("link.jar"), jar);
    assertThat(run("plugins", "install", link.toString()).err())
        .contains("link.jar' cannot be read as a jar: it is a symbolic link");
    Files.write(folder.resolve("text.jar"), "no jar".getBytes(UTF_8));
    Outcome text = run("plugins", "install", folder.resolve("text.jar").toString());
    assertThat(text.code()).isEqualTo(1);
    assertThat(text.err()).contains("text.jar' cannot be read as a jar: zip");
    assertThat(jars()).isEmpty();
  }

  private Stream<String> jars() throws IOException {
    try (Stream<Path> files = Files.list(levin.home().resolve("plugins"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("README"))
          .toList()
          .stream();
    }
  }
}
