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

/** Makes the jar of the backend in the package dropped, as a stranger would ship it. */
final class PluginJar {
  private static final String PACKAGE = "io/levin/it/osgi/dropped/";

  private PluginJar() {}

  static Path write(Path jar, String version, int ranking) throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", "org.example.dropped");
    headers.putValue("Bundle-Version", version);
    headers.putValue("Service-Component", "OSGI-INF/dropped.xml");
    headers.putValue("Import-Package", "io.levin,io.levin.checkpoint,io.levin.plan");
    String component =
        """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="dropped">
          <implementation class="io.levin.it.osgi.dropped.DroppedOffer"/>
          <property name="service.ranking" type="Integer" value="%d"/>
          <service><provide interface="io.levin.plan.Offer"/></service>
        </scr:component>
        """
            .formatted(ranking);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("OSGI-INF/dropped.xml"));
      out.write(component.getBytes(UTF_8));
      for (String name : new String[] {"DroppedOffer.class", "DroppedCheckpointIO.class"}) {
        out.putNextEntry(new JarEntry(PACKAGE + name));
        try (InputStream in = PluginJar.class.getResourceAsStream("dropped/" + name)) {
          in.transferTo(out);
        }
      }
    }
    return jar;
  }
}
