package io.levin.it.osgi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.levin.it.osgi.Levin.Outcome;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where and how a distribution may lie, and what it says when something of it is missing. */
class InstallationIT {
  @TempDir Path folder;

  @Test
  void runsOnAPathWithSpacesAndThroughALink() throws IOException {
    Levin levin = Levin.copied(folder.resolve("a folder with spaces"));
    Path link = folder.resolve("a link");
    Files.createSymbolicLink(link, levin.home().resolve("bin/levin"));
    assertThat(Levin.finish(levin.start(link, "plugins")).code()).isZero();
  }

  @Test
  void writesNothingIntoItsFolder() throws IOException {
    Levin levin = Levin.copied(folder.resolve("levin"));
    Map<String, String> before = contents(levin.home());
    assertThat(levin.run("plugins").code()).isZero();
    assertThat(contents(levin.home())).isEqualTo(before);
  }

  @Test
  void severalProcessesShareOneInstallation() {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(Levin.built().start("plugins"));
    }
    assertThat(processes).allSatisfy(process -> assertThat(Levin.finish(process).code()).isZero());
  }

  @Test
  void runsByJavaAlone() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-jar",
                Levin.built().home().resolve("levin.jar").toString(),
                "plugins")
            .start();
    assertThat(Levin.finish(process).code()).isZero();
  }

  @Test
  void anOldJavaIsRefusedByTheScript() throws IOException {
    Path java = Files.createDirectories(folder.resolve("jdk8/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\necho it ran\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("jdk8/release"), "JAVA_VERSION=\"1.8.0_392\"\n");
    Outcome outcome =
        Levin.built().with("JAVA_HOME", folder.resolve("jdk8").toString()).run("plan");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith("levin: Levin needs Java 17 or newer; ")
        .contains("is Java 1.8.0_392", "Set JAVA_HOME");
  }

  /** Java 8 must be able to load the first class, to be told that it is too old. */
  @Test
  void theFirstClassIsForJava8() throws IOException {
    try (JarFile jar = new JarFile(Levin.built().home().resolve("levin.jar").toFile());
        InputStream in = jar.getInputStream(jar.getEntry("io/levin/boot/Boot.class"));
        DataInputStream data = new DataInputStream(in)) {
      data.readInt();
      data.readUnsignedShort();
      assertThat(data.readUnsignedShort()).isEqualTo(52);
    }
  }

  @Test
  void aMissingBundleIsNamedByWhatItIsNeededFor() throws IOException {
    Levin levin = Levin.copied(folder.resolve("levin"));
    delete(levin.home().resolve("bundles/1"), "picocli");
    Outcome outcome = levin.run("plugins");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err())
        .startsWith("levin: Bundles cannot start:")
        .contains("bundles/4/levin-cli", "it needs the package picocli")
        .doesNotContain("\tat ");
  }

  @Test
  void aFolderWithoutBundlesIsNoDistribution() throws IOException {
    Levin levin = Levin.copied(folder.resolve("levin"));
    Files.move(levin.home().resolve("bundles"), folder.resolve("elsewhere"));
    Outcome outcome = levin.run("plugins");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).startsWith("levin: '").contains("is not a distribution of Levin");
  }

  @Test
  void aPluginIsInstalled() throws IOException {
    Levin levin = Levin.copied(folder.resolve("levin"));
    bundle(levin, "mine.jar", Map.of("Bundle-SymbolicName", "org.example.mine"));
    Outcome outcome = levin.run("plugins");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).containsPattern("org.example.mine +0.0.0 +active");
  }

  @Test
  void aPluginMayNotTakeTheNameOfACoreBundle() throws IOException {
    leavesOut(
        Map.of("Bundle-SymbolicName", "io.levin.core;singleton:=true"),
        "its symbolic name io.levin.core is that of a bundle of Levin's.");
  }

  @Test
  void aPluginMayNotBeAFragmentOfACoreBundle() throws IOException {
    leavesOut(
        Map.of("Bundle-SymbolicName", "org.example.mine", "Fragment-Host", "io.levin.core"),
        "it is a fragment that would change io.levin.core, a bundle of Levin's.");
  }

  @Test
  void aPluginThatLacksSomethingIsLeftOut() throws IOException {
    leavesOut(
        Map.of(
            "Bundle-SymbolicName",
            "org.example.mine",
            "Import-Package",
            "org.example.absent;version=\"[1.2,2)\""),
        "it needs the package org.example.absent (from 1.2.0, before 2.0.0), which no bundle here"
            + " exports.");
  }

  @Test
  void aJarThatIsNoBundleIsLeftOut() throws IOException {
    leavesOut(Map.of(), "it is not a bundle: its manifest has no Bundle-SymbolicName.");
  }

  @Test
  void aFileThatIsNoJarIsLeftOut() throws IOException {
    Levin levin = Levin.copied(folder.resolve("levin"));
    Files.write(levin.home().resolve("plugins/mine.jar"), "no jar".getBytes(UTF_8));
    Outcome outcome = levin.run("plugins");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).startsWith("levin: plugin mine.jar is left out: it cannot be read");
    assertThat(outcome.err().lines()).hasSize(1);
  }

  @Test
  void anOfferThatCannotBeMadeIsLeftOut() throws IOException {
    Levin levin = Levin.copied(folder.resolve("levin"));
    String type = "io.levin.it.osgi.broken.BrokenOffer";
    String component =
        """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%1$s">
          <implementation class="%1$s"/>
          <service><provide interface="io.levin.plan.Offer"/></service>
        </scr:component>
        """
            .formatted(type);
    Path jar =
        bundle(
            levin,
            "mine.jar",
            Map.of(
                "Bundle-SymbolicName", "org.example.mine",
                "Service-Component", "OSGI-INF/broken.xml",
                "Import-Package", "io.levin.plan"));
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      Path code = files.getPath(type.replace('.', '/') + ".class");
      Files.createDirectories(code.getParent());
      try (InputStream in = getClass().getResourceAsStream("broken/BrokenOffer.class")) {
        Files.copy(in, code);
      }
      Files.createDirectories(files.getPath("OSGI-INF"));
      Files.writeString(files.getPath("OSGI-INF/broken.xml"), component);
    }
    Outcome outcome = levin.run("plugins");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err().strip())
        .isEqualTo(
            "levin: %s of bundle org.example.mine cannot be used: %s"
                .formatted(type, "java.lang.IllegalStateException: its native library is missing"));
  }

  private void leavesOut(Map<String, String> headers, String reason) throws IOException {
    Levin levin = Levin.copied(folder.resolve("levin"));
    bundle(levin, "mine.jar", headers);
    Outcome outcome = levin.run("plugins");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err().strip()).isEqualTo("levin: plugin mine.jar is left out: " + reason);
  }

  private static Path bundle(Levin levin, String name, Map<String, String> headers)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
    headers.forEach(manifest.getMainAttributes()::putValue);
    Path jar = levin.home().resolve("plugins").resolve(name);
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  private static void delete(Path folder, String beginning) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(beginning)) {
          Files.delete(file);
        }
      }
    }
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList()) {
        contents.put(file.toString(), Files.getLastModifiedTime(file).toString());
      }
    }
    return contents;
  }
}
