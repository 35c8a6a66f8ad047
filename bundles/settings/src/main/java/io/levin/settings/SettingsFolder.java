package io.levin.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Configuration Admin as the files of a folder are: a file that comes or changes is pushed,
 * the settings of one that goes are deleted. What cannot be read is reported and changes nothing.
 * Used by one thread at a time.
 */
final class SettingsFolder {
  private static final Logger LOG = LoggerFactory.getLogger("io.levin.settings.Settings");

  private final Path folder;
  private final ConfigurationAdmin admin;
  private final Map<Path, State> seen = new LinkedHashMap<>();

  private record State(FileTime modified, long size) {}

  SettingsFolder(Path folder, ConfigurationAdmin admin) {
    this.folder = folder;
    this.admin = admin;
  }

  /** Looks what has changed since the last time. */
  void refresh() {
    Map<Path, State> now = states();
    for (Path gone : List.copyOf(seen.keySet())) {
      if (!now.containsKey(gone)) {
        seen.remove(gone);
        SettingsFile.of(gone).ifPresent(this::delete);
      }
    }
    now.forEach(
        (path, state) -> {
          if (!state.equals(seen.put(path, state))) {
            SettingsFile.of(path).ifPresent(this::push);
          }
        });
  }

  private Map<Path, State> states() {
    Map<Path, State> states = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return states;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        states.put(file, new State(Files.getLastModifiedTime(file), Files.size(file)));
      }
    } catch (IOException e) {
      LOG.debug(
          "the folder of settings changes while it is read", e); // the next look sees it whole
    }
    return states;
  }

  private void push(SettingsFile file) {
    try {
      if (configuration(file).updateIfDifferent(file.read())) {
        LOG.debug("{} is taken in", file.path());
      }
    } catch (IOException e) {
      LOG.warn("{} is left out: {}", folder.getParent().relativize(file.path()), e.getMessage());
    }
  }

  private void delete(SettingsFile file) {
    try {
      configuration(file).delete();
      LOG.debug("{} is gone", file.path());
    } catch (IOException e) {
      LOG.warn("the settings of {} stay: {}", file.pid(), e.getMessage());
    }
  }

  private Configuration configuration(SettingsFile file) throws IOException {
    return file.name().isPresent()
        ? admin.getFactoryConfiguration(file.pid(), file.name().get(), "?")
        : admin.getConfiguration(file.pid(), "?");
  }
}
