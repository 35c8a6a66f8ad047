package io.levin.benchmarks.swap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes the bundles of the trial out of this program's own classes. */
public final class Jars {
  private static final String INSIDE = "io/levin/benchmarks/swap/inside/";

  private Jars() {}

  /** The bundle that carries out the trial inside the framework. */
  static byte[] trial(List<String> classes) {
    Manifest manifest = manifest("io.levin.benchmarks.swap.trial", "1.0.0");
    manifest.getMainAttributes().putValue("DynamicImport-Package", "*");
    manifest
        .getMainAttributes()
        .putValue("Bundle-Activator", "io.levin.benchmarks.swap.inside.Activator");
    return jar(manifest, classes, Map.of());
  }

  /** A plugin of a stranger's, with a checkpoint backend of the given ranking. */
  public static byte[] backend(String name, String version, int ranking) {
    Manifest manifest = manifest(name, version);
    manifest.getMainAttributes().putValue("Service-Component", "OSGI-INF/sums.xml");
    manifest
        .getMainAttributes()
        .putValue("Import-Package", "io.levin,io.levin.checkpoint,io.levin.plan");
    String component =
        """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%s">
          <implementation class="io.levin.benchmarks.swap.inside.SumsOffer"/>
          <property name="service.ranking" type="Integer" value="%d"/>
          <service><provide interface="io.levin.plan.Offer"/></service>
        </scr:component>
        """
            .formatted(name, ranking);
    return jar(
        manifest,
        List.of(INSIDE + "SumsOffer.class", INSIDE + "SumsCheckpointIO.class"),
        Map.of("OSGI-INF/sums.xml", component));
  }

  private static Manifest manifest(String name, String version) {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", name);
    headers.putValue("Bundle-Version", version);
    return manifest;
  }

  private static byte[] jar(Manifest manifest, List<String> classes, Map<String, String> texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes, manifest)) {
      for (Map.Entry<String, String> text : texts.entrySet()) {
        out.putNextEntry(new JarEntry(text.getKey()));
        out.write(text.getValue().getBytes(UTF_8));
      }
      for (String name : classes) {
        out.putNextEntry(new JarEntry(name));
        try (InputStream in = Jars.class.getClassLoader().getResourceAsStream(name)) {
          in.transferTo(out);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
