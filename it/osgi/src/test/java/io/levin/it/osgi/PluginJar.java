package io.levin.it.osgi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes jars of plugins, as a stranger would ship them. */
final class PluginJar {
  private PluginJar() {}

  /** The checkpoint backend in the package dropped. */
  static Path write(Path jar, String version, int ranking) throws IOException {
    return write(
        jar,
        new String[] {"org.example.dropped", version, "io.levin,io.levin.checkpoint,io.levin.plan"},
        component("dropped", "dropped.DroppedOffer", ranking),
        "dropped/DroppedOffer",
        "dropped/DroppedCheckpointIO");
  }

  /** The precision in the package kept. */
  static Path precision(Path jar) throws IOException {
    return write(
        jar,
        new String[] {
          "org.example.kept", "1.0.0", "io.levin.plan,io.levin.precision,ai.djl.ndarray.types"
        },
        component("kept", "kept.KeptPrecisionOffer", 0),
        "kept/KeptPrecisionOffer",
        "kept/KeptPrecisionPlugin",
        "kept/KeptPrecisionPlugin$LastWords");
  }

  private static String component(String name, String type, int ranking) {
    return """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%s">
          <implementation class="io.levin.it.osgi.%s"/>
          <property name="service.ranking" type="Integer" value="%d"/>
          <service><provide interface="io.levin.plan.Offer"/></service>
        </scr:component>
        """
        .formatted(name, type, ranking);
  }

  /**
   * @param identity symbolic name, version and imports
   */
  private static Path write(Path jar, String[] identity, String component, String... classes)
      throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", identity[0]);
    headers.putValue("Bundle-Version", identity[1]);
    headers.putValue("Import-Package", identity[2]);
    headers.putValue("Service-Component", "OSGI-INF/component.xml");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("OSGI-INF/component.xml"));
      out.write(component.getBytes(UTF_8));
      for (String name : classes) {
        out.putNextEntry(new JarEntry("io/levin/it/osgi/" + name + ".class"));
        try (InputStream in = PluginJar.class.getResourceAsStream(name + ".class")) {
          in.transferTo(out);
        }
      }
    }
    return jar;
  }
}
