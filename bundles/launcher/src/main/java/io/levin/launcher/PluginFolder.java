package io.levin.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The folder of plugins of a running distribution; a service of its framework. Thread-safe. */
@ProviderType
public interface PluginFolder {
  /** Where it is. */
  Path path();

  /** What became of every jar in it, so far. */
  List<Plugin> plugins();

  /**
   * Looks into a jar, which need not be in the folder, as closely as if it were to be installed;
   * nothing of it is run, and nothing changes here.
   *
   * @param beside jars that would be there too
   * @throws IOException when it cannot be read, or is no jar
   */
  Inspection inspect(Path jar, List<Path> beside) throws IOException;

  /** What other plugins would lack without one: sentences by symbolic name. */
  Map<String, List<String>> lackingWithout(Path jar);

  /** From here on this process does not look after the folder; who changes it says so itself. */
  void leaveAlone();
}
