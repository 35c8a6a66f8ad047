package io.levin.launcher;

import io.levin.launcher.Layout.Source;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * A running Felix with Levin's bundles. Its storage is a fresh temporary folder, removed when it is
 * closed or the process ends, so many can run from one installation, or in one JVM. Thread-safe.
 */
public final class Container implements AutoCloseable {
  private static final int LAST_LEVEL = 100;

  private final Framework framework;
  private final Path storage;
  private PluginWatch watch;
  private final Thread cleaner = new Thread(this::deleteStorage, "levin-cleaner");

  private Container(String systemPackages) throws IOException, BundleException {
    storage = Files.createTempDirectory("levin-");
    java.lang.Runtime.getRuntime().addShutdownHook(cleaner);
    Map<String, Object> configuration = new HashMap<>();
    configuration.put(Constants.FRAMEWORK_STORAGE, storage.toString());
    configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, systemPackages);
    configuration.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(LAST_LEVEL));
    // What a bundle does not import it does not see, here as anywhere
    configuration.put("felix.bootdelegation.implicit", "false");
    // The JVM has one place for URL handlers; an application may need it
    configuration.put("felix.service.urlhandlers", "false");
    configuration.put("felix.cache.locking", "false");
    // It would print stack traces; it keeps every failure, and 'levin plugins' tells
    configuration.put("ds.loglevel", "0");
    configuration.put("felix.log.logger", new FrameworkLog());
    framework = new FrameworkFactory().newFramework(strings(configuration));
    framework.init();
  }

  /**
   * Starts the bundles of an unpacked distribution. What its {@code lib} holds must be on this
   * class's own class path.
   *
   * @param more jars of the class path whose packages bundles may see besides
   * @throws LaunchException when a bundle is missing or cannot start
   */
  public static Container ofDistribution(Path home, List<Path> more) {
    Layout layout = new Distribution(home.toAbsolutePath().normalize()).layout();
    if (more.isEmpty()) {
      return start(layout);
    }
    try {
      String packages = layout.systemPackages() + "," + SystemPackages.of(more);
      return start(new Layout(layout.bundles(), packages, layout.plugins()));
    } catch (IOException e) {
      throw new LaunchException("Cannot read the class path: %s.".formatted(e), "", e);
    }
  }

  /**
   * Starts the plugins among the jars of this class's own class path.
   *
   * @throws LaunchException when a bundle is missing or cannot start
   */
  public static Container ofClassPath() {
    return start(ClassPath.layout(Container.class.getClassLoader()));
  }

  /** Starts all bundles, then the user's plugins; a plugin that fails is reported and left out. */
  private static Container start(Layout layout) {
    Container container;
    try {
      container = new Container(layout.systemPackages());
    } catch (IOException e) {
      throw new LaunchException(
          "Cannot make a temporary folder: %s.".formatted(e.getMessage()),
          "Make room in '%s', or choose another with JAVA_OPTS=-Djava.io.tmpdir=DIR."
              .formatted(System.getProperty("java.io.tmpdir")),
          e);
    } catch (BundleException e) {
      throw new LaunchException("Felix cannot start: %s.".formatted(e.getMessage()), "", e);
    }
    try {
      Map<Bundle, Source> core = container.install(layout.bundles());
      container.framework.start();
      container.startAll(core);
      layout.plugins().ifPresent(container::takeIn);
      return container;
    } catch (BundleException e) {
      container.close();
      throw new LaunchException("Felix cannot start: %s.".formatted(e.getMessage()), "", e);
    } catch (RuntimeException e) {
      container.close();
      throw e;
    }
  }

  private void takeIn(Path folder) {
    Set<String> names =
        Arrays.stream(context().getBundles())
            .map(Bundle::getSymbolicName)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet());
    Plugins plugins =
        new Plugins(
            context(),
            folder,
            new PluginGuard(names, folder.resolveSibling("conf").resolve("plugins.allow")),
            new PluginCopies(storage.resolve("plugins")),
            System.err);
    plugins.start();
    watch = new PluginWatch(plugins);
  }

  /** The system bundle's context. */
  public BundleContext context() {
    return framework.getBundleContext();
  }

  /** The service of this type with the highest ranking, if there is one. */
  public <T> Optional<T> service(Class<T> type) {
    ServiceReference<T> reference = context().getServiceReference(type);
    return Optional.ofNullable(reference).map(context()::getService);
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
    try {
      framework.stop();
      framework.waitForStop(10_000);
    } catch (BundleException e) {
      FrameworkLog.warn("Felix did not stop cleanly", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deleteStorage();
    try {
      java.lang.Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException e) {
      // the process is ending: the hook finds nothing left to do
    }
  }

  private Map<Bundle, Source> install(List<Source> sources) {
    Map<Bundle, Source> bundles = new LinkedHashMap<>();
    FrameworkStartLevel levels = framework.adapt(FrameworkStartLevel.class);
    for (Source source : sources) {
      levels.setInitialBundleStartLevel(source.level());
      try {
        bundles.put(install(source), source);
      } catch (BundleException e) {
        throw new LaunchException(
            "Cannot install bundle %s: %s".formatted(source.name(), Reasons.of(e)),
            "Unpack the distribution again; bundles of your own go to the folder 'plugins'.",
            e);
      }
    }
    return bundles;
  }

  private Bundle install(Source source) throws BundleException {
    return source.content() == null
        ? context().installBundle(source.location())
        : context().installBundle(source.location(), new ByteArrayInputStream(source.content()));
  }

  private void startAll(Map<Bundle, Source> bundles) {
    framework.adapt(FrameworkWiring.class).resolveBundles(bundles.keySet());
    List<String> failures = new ArrayList<>();
    bundles.forEach(
        (bundle, source) -> {
          try {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
              bundle.start();
            }
          } catch (BundleException e) {
            failures.add(source.name() + ": " + Reasons.of(e));
          }
        });
    if (!failures.isEmpty()) {
      throw new LaunchException(
          failures.stream().collect(Collectors.joining("\n  ", "Bundles cannot start:\n  ", "")),
          "Put the missing bundle back, or unpack the distribution again.");
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Felix takes its logger as a value of this map
  private static Map<String, String> strings(Map<String, Object> configuration) {
    return (Map) configuration;
  }

  private void deleteStorage() {
    if (!Files.exists(storage)) {
      return;
    }
    try (Stream<Path> files = Files.walk(storage)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException e) {
      FrameworkLog.warn("Left behind: " + storage, e);
    }
  }
}
