package io.levin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemPackagesTest {
  @TempDir Path lib;

  @Test
  void aBundleExportsWhatItSays() throws IOException {
    Path jar = jar("b.jar", Map.of("Export-Package", "x.api;version=\"2.1\""), "x/api/A", "x/p/B");
    assertThat(SystemPackages.of(List.of(jar))).isEqualTo("x.api;version=\"2.1\"");
  }

  @Test
  void aPlainJarExportsEverythingAtTheVersionOfItsManifest() throws IOException {
    Path jar = jar("p-9.jar", Map.of("Implementation-Version", "5.17.0 (b0)"), "x/A", "y/z/B");
    assertThat(SystemPackages.of(List.of(jar)))
        .isEqualTo("x;version=\"5.17.0\",y.z;version=\"5.17.0\"");
  }

  @Test
  void aJarWithoutVersionHasThatOfItsName() throws IOException {
    Path jar = jar("engine-2.7.1-0.36.0.jar", Map.of(), "x/A");
    assertThat(SystemPackages.of(List.of(jar))).isEqualTo("x;version=\"2.7.1\"");
  }

  @Test
  void aMendedPackageKeepsTheVersionOfItsLibrary() throws IOException {
    Path mended = jar("levin-engine-1.0.0.jar", Map.of("Bundle-Version", "1.0.0"), "ai/djl/A");
    Path library = jar("api-0.36.0.jar", Map.of("Specification-Version", "0.36.0"), "ai/djl/A");
    assertThat(SystemPackages.of(List.of(mended, library))).isEqualTo("ai.djl;version=\"0.36.0\"");
  }

  @Test
  void theFrameworksOwnPackagesAreLeftToIt() throws IOException {
    Path jar = jar("osgi.core-8.jar", Map.of(), "org/osgi/framework/Bundle", "org/osgi/dto/DTO");
    assertThat(SystemPackages.of(List.of(jar))).isEmpty();
  }

  @Test
  void whatWasWrittenDownIsUsedOnlyForTheSameJars() throws IOException {
    jar("a-1.jar", Map.of(), "x/A");
    Path written = lib.resolve("conf/system-packages");
    SystemPackages.main(new String[] {lib.toString(), written.toString()});
    Files.writeString(written, Files.readString(written).replace("x;", "marked;"));
    assertThat(SystemPackages.of(lib, written)).isEqualTo("marked;version=\"1\"");
    jar("b-2.jar", Map.of(), "y/B");
    assertThat(SystemPackages.of(lib, written)).isEqualTo("x;version=\"1\",y;version=\"2\"");
  }

  private Path jar(String name, Map<String, String> headers, String... classes) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.forEach(manifest.getMainAttributes()::putValue);
    Path jar = lib.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (String type : classes) {
        out.putNextEntry(new ZipEntry(type + ".class"));
      }
    }
    return jar;
  }
}
