package io.levin.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a framework is started with.
 *
 * @param bundles in the order in which they start
 * @param systemPackages what the system bundle exports of the class path
 * @param plugins folder of bundles that a user added
 * @param settings folder of files with the settings of components
 */
record Layout(
    List<Source> bundles, String systemPackages, Optional<Path> plugins, Optional<Path> settings) {

  /** Exports more packages of the class path. */
  Layout with(String morePackages) {
    return new Layout(bundles, systemPackages + "," + morePackages, plugins, settings);
  }

  /**
   * Where one bundle comes from.
   *
   * @param name for messages
   * @param location of the framework, for example {@code reference:file:/x.jar}
   * @param content the bundle's bytes; null when the location tells
   */
  record Source(String name, String location, int level, byte[] content) {
    static Source of(Path jar, String name, int level) {
      return new Source(name, "reference:" + jar.toUri(), level, null);
    }
  }
}
