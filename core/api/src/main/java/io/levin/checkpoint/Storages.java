package io.levin.checkpoint;

import io.levin.MisconfigurationException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The storages of this process, as {@link java.nio.file.FileSystems} is its file systems. Levin
 * adds those that are registered as services, and takes them away again. Thread-safe.
 */
public final class Storages {
  /** Longer than one letter: that would be a drive of Windows. */
  private static final Pattern ADDRESS = Pattern.compile("([a-z][a-z0-9+.-]+)://.*");

  private static final List<Storage> ALL = new CopyOnWriteArrayList<>();

  private Storages() {}

  /** The newest of a scheme is taken. */
  public static void add(Storage storage) {
    ALL.add(0, storage);
  }

  public static void remove(Storage storage) {
    ALL.remove(storage);
  }

  /**
   * The path that a text means: of a storage where it begins with a scheme and {@code ://}, else of
   * this machine.
   *
   * @throws MisconfigurationException when there is no such storage, naming those there are
   */
  public static Path path(String text) {
    Matcher address = ADDRESS.matcher(text);
    if (!address.matches()) {
      return Path.of(text);
    }
    return ALL.stream()
        .filter(storage -> storage.scheme().equals(address.group(1)))
        .findFirst()
        .orElseThrow(() -> unknown(text, address.group(1)))
        .path(text);
  }

  /**
   * The same place in the storage that is there now, whose bundle may have been updated since;
   * where none is, the path as it is.
   */
  public static Path current(Path path) {
    if (path.getFileSystem().equals(FileSystems.getDefault())) {
      return path;
    }
    String address = path.toString();
    return ALL.stream()
        .filter(storage -> address.startsWith(storage.scheme() + "://"))
        .findFirst()
        .map(storage -> storage.path(address))
        .orElse(path);
  }

  private static MisconfigurationException unknown(String address, String scheme) {
    List<String> known = new ArrayList<>(List.of("folders of this machine"));
    ALL.forEach(storage -> known.add(storage.scheme() + "://"));
    return new MisconfigurationException(
        "No installed bundle keeps checkpoints at '%s'. There are: %s."
            .formatted(address, String.join(", ", known)),
        scheme.equals("s3")
            ? "Put levin-checkpoint-s3 back into 'bundles/3'."
            : "Drop a bundle with a Storage for '%s' into 'plugins'.".formatted(scheme));
  }
}
