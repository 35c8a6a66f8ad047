package io.levin.launcher;

import io.levin.launcher.Layout.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/**
 * A running Felix with Levin's bundles. Its storage is a fresh temporary folder, removed when it is
 * closed or the process ends, so many can run from one installation, or in one JVM. Thread-safe.
 */
public final class Container implements AutoCloseable {
  private final Storage storage = Felix.storage();
  private final Framework framework;
  private PluginWatch watch;

  private Container(Layout layout) throws BundleException {
    framework = Felix.create(storage, layout);
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
    try {
      return start(more.isEmpty() ? layout : layout.with(SystemPackages.of(more)));
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
      container = new Container(layout);
    } catch (BundleException e) {
      throw new LaunchException("Felix cannot start: %s.".formatted(e.getMessage()), "", e);
    }
    try {
      Map<Bundle, Source> core = Felix.install(container.framework, layout.bundles());
      container.resolve(core);
      container.framework.start();
      container.startAll(core);
      layout.plugins().ifPresent(folder -> container.takeIn(folder, layout));
      return container;
    } catch (BundleException e) {
      container.close();
      throw new LaunchException("Felix cannot start: %s.".formatted(e.getMessage()), "", e);
    } catch (RuntimeException e) {
      container.close();
      throw e;
    }
  }

  private void takeIn(Path folder, Layout layout) {
    PluginGuard guard = PluginGuard.of(folder, context());
    PluginCopies copies = new PluginCopies(storage.folder().resolve("plugins"));
    PluginLog log = new PluginLog(System.err);
    Plugins plugins =
        new Plugins(context(), new PluginFiles(folder), new PluginIntake(guard, copies, log), log);
    plugins.start();
    watch = new PluginWatch(plugins);
    PluginFolder inspected =
        new InspectedFolder(folder, layout, plugins, guard, copies, context(), watch);
    context().registerService(PluginFolder.class, inspected, null);
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
    storage.close();
  }

  /** All or nothing: what does not resolve is explained before anything has been started. */
  private void resolve(Map<Bundle, Source> bundles) {
    Map<Bundle, List<String>> lacks = new Lacks(framework).of(bundles.keySet());
    List<String> failures = new ArrayList<>();
    lacks.forEach(
        (bundle, reasons) ->
            reasons.forEach(why -> failures.add(bundles.get(bundle).name() + ": " + why)));
    fail(failures);
  }

  private void startAll(Map<Bundle, Source> bundles) {
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
    fail(failures);
  }

  private static void fail(List<String> failures) {
    if (!failures.isEmpty()) {
      throw new LaunchException(
          failures.stream().collect(Collectors.joining("\n  ", "Bundles cannot start:\n  ", "")),
          "Put the missing bundle back, or unpack the distribution again.");
    }
  }
}
