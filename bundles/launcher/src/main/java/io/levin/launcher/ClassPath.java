package io.levin.launcher;

import io.levin.launcher.Layout.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * Levin's jars on an application's class path. Plugins become bundles. The core stays where it is,
 * for the application uses its classes: the system bundle exports them, and a bundle that holds
 * nothing but the core's component descriptions has them started.
 */
final class ClassPath {
  private static final Set<String> CORE = Set.of("io.levin.api", "io.levin.torch", "io.levin.core");
  private static final String SCR = "org.apache.felix.scr";

  /** A jar, or a folder of classes, that has a manifest. */
  private record Entry(Path path, Attributes headers) {
    String symbolicName() {
      return Clauses.parse(headers.getValue("Bundle-SymbolicName")).keySet().stream()
          .findFirst()
          .orElse("");
    }

    boolean hasComponents() {
      return headers.getValue("Service-Component") != null;
    }

    boolean isPlugin() {
      return hasComponents()
          && !CORE.contains(symbolicName())
          && Clauses.parse(headers.getValue("Import-Package")).keySet().stream()
              .anyMatch(name -> name.startsWith("io.levin."));
    }
  }

  private ClassPath() {}

  static Layout layout(ClassLoader loader) {
    try {
      List<Source> bundles = new ArrayList<>();
      List<Path> others = new ArrayList<>();
      for (Entry entry : entries(loader)) {
        String name = entry.symbolicName();
        if (name.equals(SCR)) {
          bundles.add(0, Source.of(entry.path(), name, 1));
        } else if (entry.isPlugin()) {
          bundles.add(Source.of(entry.path(), name, 3));
        } else {
          others.add(entry.path());
          if (entry.hasComponents() && CORE.contains(name)) {
            bundles.add(new Source(name, "levin:" + name, 2, descriptions(entry, loader)));
          }
        }
      }
      if (bundles.isEmpty() || bundles.get(0).level() != 1) {
        throw new LaunchException(
            "There is no Declarative Services runtime on the class path.",
            "Add org.apache.felix:org.apache.felix.scr, or the jars of levin/bundles/1.");
      }
      return new Layout(
          List.copyOf(bundles), SystemPackages.of(others), Optional.empty(), Optional.empty());
    } catch (IOException e) {
      throw new LaunchException("Cannot read the class path: %s.".formatted(e), "", e);
    }
  }

  private static List<Entry> entries(ClassLoader loader) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (URL url : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
      Optional<Path> path = place(url);
      if (path.isPresent()) {
        try (InputStream in = url.openStream()) {
          entries.add(new Entry(path.get(), new Manifest(in).getMainAttributes()));
        }
      }
    }
    return entries;
  }

  /** The jar or folder that a manifest is in; empty for the JDK's own and other strange places. */
  private static Optional<Path> place(URL manifest) {
    String text = manifest.toString();
    try {
      if (text.startsWith("jar:file:")) {
        return Optional.of(Path.of(new URI(text.substring(4, text.indexOf("!/")))));
      }
      return text.startsWith("file:")
          ? Optional.of(Path.of(manifest.toURI()).getParent().getParent())
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** A bundle with an entry's component descriptions; their classes come from the class path. */
  private static byte[] descriptions(Entry entry, ClassLoader loader) throws IOException {
    String components = entry.headers().getValue("Service-Component");
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue("Bundle-ManifestVersion", "2");
    headers.putValue("Bundle-SymbolicName", entry.symbolicName());
    headers.putValue("Bundle-Version", entry.headers().getValue("Bundle-Version"));
    headers.putValue("Service-Component", components);
    headers.putValue("DynamicImport-Package", "*");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
      for (String component : Clauses.parse(components).keySet()) {
        try (InputStream in = loader.getResourceAsStream(component)) {
          if (in == null) {
            throw new IOException(component + " of " + entry.path() + " is missing");
          }
          jar.putNextEntry(new ZipEntry(component));
          in.transferTo(jar);
        }
      }
    }
    return bytes.toByteArray();
  }
}
