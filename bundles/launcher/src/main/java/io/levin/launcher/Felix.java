package io.levin.launcher;

import io.levin.launcher.Layout.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** Makes frameworks, set up as Levin needs them, and installs bundles into them. */
final class Felix {
  private static final int LAST_LEVEL = 100;

  private Felix() {}

  /** A framework with a storage of its own, not started. */
  static Framework create(Storage storage, Layout layout) throws BundleException {
    Map<String, Object> configuration = new HashMap<>();
    configuration.put(Constants.FRAMEWORK_STORAGE, storage.folder().toString());
    configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, layout.systemPackages());
    configuration.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(LAST_LEVEL));
    // What a bundle does not import it does not see, here as anywhere
    configuration.put("felix.bootdelegation.implicit", "false");
    // The JVM has one place for URL handlers; an application may need it
    configuration.put("felix.service.urlhandlers", "false");
    configuration.put("felix.cache.locking", "false");
    // It would print stack traces; it keeps every failure, and 'levin plugins' tells
    configuration.put("ds.loglevel", "0");
    configuration.put("felix.log.logger", new FrameworkLog());
    // A shell whose input has ended would stop the framework, and with it a fit
    configuration.put("gosh.args", System.getProperty("gosh.args", "--noshutdown"));
    layout.settings().ifPresent(folder -> configuration.put(SETTINGS, folder.toString()));
    layout.settings().map(folder -> folder.resolveSibling("shell")).ifPresent(Felix::shellIsAt);
    Framework framework = new FrameworkFactory().newFramework(strings(configuration));
    framework.init();
    return framework;
  }

  /** Felix's shell would read its profile by a URL that only a framework's handlers can open. */
  private static void shellIsAt(Path folder) {
    if (System.getProperty("gosh.home") == null && Files.isDirectory(folder)) {
      System.setProperty("gosh.home", folder.toString());
    }
  }

  /** Property of the framework that names the folder of the components' settings. */
  static final String SETTINGS = "levin.settings";

  /**
   * Installs bundles, each to be started at its level.
   *
   * @throws LaunchException when one cannot be installed
   */
  static Map<Bundle, Source> install(Framework framework, List<Source> sources) {
    Map<Bundle, Source> bundles = new LinkedHashMap<>();
    FrameworkStartLevel levels = framework.adapt(FrameworkStartLevel.class);
    for (Source source : sources) {
      levels.setInitialBundleStartLevel(source.level());
      try {
        bundles.put(install(framework.getBundleContext(), source), source);
      } catch (BundleException e) {
        throw new LaunchException(
            "Cannot install bundle %s: %s".formatted(source.name(), Reasons.of(e)),
            "Unpack the distribution again; bundles of your own go to the folder 'plugins'.",
            e);
      }
    }
    return bundles;
  }

  private static Bundle install(BundleContext context, Source source) throws BundleException {
    return source.content() == null
        ? context.installBundle(source.location())
        : context.installBundle(source.location(), new ByteArrayInputStream(source.content()));
  }

  /**
   * A temporary folder for a framework.
   *
   * @throws LaunchException when there is no room for it
   */
  static Storage storage() {
    try {
      return new Storage();
    } catch (IOException e) {
      throw new LaunchException(
          "Cannot make a temporary folder: %s.".formatted(e.getMessage()),
          "Make room in '%s', or choose another with JAVA_OPTS=-Djava.io.tmpdir=DIR."
              .formatted(System.getProperty("java.io.tmpdir")),
          e);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Felix takes its logger as a value of this map
  private static Map<String, String> strings(Map<String, Object> configuration) {
    return (Map) configuration;
  }
}
