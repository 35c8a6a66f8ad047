package io.levin.testkit.felix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * Makes a bundle on the fly:
 *
 * <pre>{@code
 * Bundle sheep =
 *     BundleBuilder.named("org.example.sheep")
 *         .version("1.2.0")
 *         .importing("io.levin.plan")
 *         .component(SheepOffer.class, Offer.class, 100)
 *         .start(context);
 * }</pre>
 */
public final class BundleBuilder {
  private final Manifest manifest = new Manifest();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final String name;

  private BundleBuilder(String name) {
    this.name = name;
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    header("Bundle-ManifestVersion", "2");
    header("Bundle-SymbolicName", name);
  }

  public static BundleBuilder named(String symbolicName) {
    return new BundleBuilder(symbolicName);
  }

  public BundleBuilder header(String header, String value) {
    manifest.getMainAttributes().putValue(header, value);
    return this;
  }

  public BundleBuilder version(String version) {
    return header("Bundle-Version", version);
  }

  /** Packages it imports, with or without versions, joined by commas. */
  public BundleBuilder importing(String packages) {
    return header("Import-Package", packages);
  }

  public BundleBuilder exporting(String packages) {
    return header("Export-Package", packages);
  }

  public BundleBuilder entry(String path, byte[] content) {
    entries.put(path, content);
    return this;
  }

  /** Classes, with those nested in them. */
  public BundleBuilder classes(Class<?>... classes) {
    for (Class<?> each : classes) {
      String path = each.getName().replace('.', '/') + ".class";
      try (InputStream in = each.getClassLoader().getResourceAsStream(path)) {
        entry(path, in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      classes(each.getDeclaredClasses());
    }
    return this;
  }

  /** All files of a folder of classes but its manifest. */
  public BundleBuilder folder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString().replace(File.separatorChar, '/');
        if (!path.equals("META-INF/MANIFEST.MF")) {
          entry(path, Files.readAllBytes(file));
        }
      }
    }
    return this;
  }

  /** A Declarative Services component of a public class, with its class. */
  public BundleBuilder component(Class<?> implementation, Class<?> service, int ranking) {
    String path = "OSGI-INF/%s.xml".formatted(implementation.getName());
    String known = manifest.getMainAttributes().getValue("Service-Component");
    header("Service-Component", known == null ? path : known + "," + path);
    String xml =
        """
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%1$s">
          <implementation class="%1$s"/>
          <property name="service.ranking" type="Integer" value="%2$d"/>
          <service><provide interface="%3$s"/></service>
        </scr:component>
        """
            .formatted(implementation.getName(), ranking, service.getName());
    return classes(implementation).entry(path, xml.getBytes(UTF_8));
  }

  /** The jar's bytes. */
  public byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        jar.putNextEntry(new ZipEntry(entry.getKey()));
        jar.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  /** Writes the jar. */
  public Path write(Path jar) throws IOException {
    return Files.write(jar, bytes());
  }

  /** Installs and starts it; the test uninstalls it. */
  public Bundle start(BundleContext context) throws IOException, BundleException {
    Bundle bundle = context.installBundle("levin:" + name, new ByteArrayInputStream(bytes()));
    bundle.start();
    return bundle;
  }
}
