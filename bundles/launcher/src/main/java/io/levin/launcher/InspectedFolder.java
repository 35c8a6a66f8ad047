package io.levin.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Looks into jars by trying them in a framework of its own. */
final class InspectedFolder implements PluginFolder {
  private final Path folder;
  private final Layout layout;
  private final Plugins plugins;
  private final PluginGuard guard;
  private final PluginCopies copies;
  private final BundleContext context;
  private final PluginWatch watch;

  InspectedFolder(
      Path folder,
      Layout layout,
      Plugins plugins,
      PluginGuard guard,
      PluginCopies copies,
      BundleContext context,
      PluginWatch watch) {
    this.folder = folder;
    this.layout = layout;
    this.plugins = plugins;
    this.guard = guard;
    this.copies = copies;
    this.context = context;
    this.watch = watch;
  }

  @Override
  public Path path() {
    return folder;
  }

  @Override
  public List<Plugin> plugins() {
    return plugins.present().stream().map(Plugins.Present::plugin).toList();
  }

  @Override
  public void leaveAlone() {
    watch.close();
  }

  @Override
  public synchronized Inspection inspect(Path jar, List<Path> beside) throws IOException {
    PluginCopies.Copy copy = copies.of(jar);
    Map<String, String> headers = headers(copy.file());
    Signatures signatures = Signatures.of(copy.file());
    Map<String, String> signers = new LinkedHashMap<>();
    signatures
        .signers()
        .forEach(
            chain ->
                signers.put(SignerRule.name(chain.get(0)), SignerRule.fingerprint(chain.get(0))));
    Optional<String> objection = guard.objection(copy);
    Inspection inspection =
        new Inspection(
            copy.file(),
            copy.sha256(),
            headers,
            signers,
            signatures.tampering().or(signatures::gap),
            objection,
            List.of(),
            Optional.empty());
    Optional<Plugin> present = present(inspection.name(), jar);
    List<String> lacks = List.of();
    if (objection.isEmpty()) {
      try (Trial trial = new Trial(layout)) {
        lacks = trial.lacks(copy.file(), others(inspection.name(), beside));
      }
    }
    return new Inspection(
        inspection.copy(),
        inspection.sha256(),
        headers,
        signers,
        inspection.flaw(),
        objection,
        lacks,
        present);
  }

  @Override
  public synchronized Map<String, List<String>> lackingWithout(Path jar) {
    try (Trial trial = new Trial(layout)) {
      return trial.lacks(copies(present -> !present.plugin().jar().equals(jar)));
    }
  }

  /** The jar's own place in the folder is not in its way. */
  private Optional<Plugin> present(String name, Path jar) {
    return plugins().stream()
        .filter(plugin -> !plugin.jar().equals(jar.toAbsolutePath().normalize()))
        .filter(plugin -> name.equals(name(plugin)))
        .findFirst();
  }

  private List<Path> others(String name, List<Path> beside) {
    List<Path> others = new ArrayList<>(beside);
    others.addAll(copies(present -> !name.equals(name(present.plugin()))));
    return others;
  }

  /** Of plugins that resolve. */
  private List<Path> copies(Predicate<Plugins.Present> wanted) {
    return plugins.present().stream()
        .filter(present -> present.plugin().trouble().isEmpty())
        .filter(wanted)
        .flatMap(present -> present.copy().stream())
        .toList();
  }

  private String name(Plugin plugin) {
    Bundle bundle = context.getBundle(plugin.bundle());
    return bundle == null ? "" : String.valueOf(bundle.getSymbolicName());
  }

  private static Map<String, String> headers(Path file) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    try (JarFile jar = new JarFile(file.toFile())) {
      Attributes main =
          jar.getManifest() == null ? new Attributes() : jar.getManifest().getMainAttributes();
      main.forEach((name, value) -> headers.put(name.toString(), value.toString()));
    }
    return headers;
  }
}
