package io.levin.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The jars of a folder as they look from outside: none is opened. Used by one thread. */
final class PluginFiles {
  /** A file that cannot be read may be a copy that stands still: so long it is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Path folder;
  private Map<Path, Look> before = Map.of();

  PluginFiles(Path folder) {
    this.folder = folder;
  }

  /** What one state of a file is told from another by. */
  record Stamp(long size, long modified, Object key, Kind kind) {}

  /** What kind of file is at a path. */
  enum Kind {
    FILE,
    LINK,
    OTHER
  }

  /**
   * A file as it looks now.
   *
   * @param since when it was first seen so, by {@link System#nanoTime}
   * @param isSteady whether it looked the same the last time
   */
  record Look(Stamp stamp, long since, boolean isSteady) {
    /** Whether it has looked the same for so long that nobody can still be copying it. */
    boolean isSettled() {
      return System.nanoTime() - since > PATIENCE.toNanos();
    }
  }

  /** Every file that is called a jar, by path. */
  Map<Path, Look> look() {
    Map<Path, Look> now = new LinkedHashMap<>();
    for (Path file : jars()) {
      stamp(file).ifPresent(stamp -> now.put(file, look(stamp, before.get(file))));
    }
    before = now;
    return now;
  }

  private static Look look(Stamp stamp, Look last) {
    return last != null && last.stamp().equals(stamp)
        ? new Look(stamp, last.since(), true)
        : new Look(stamp, System.nanoTime(), false);
  }

  private Iterable<Path> jars() {
    if (!Files.isDirectory(folder)) {
      return java.util.List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new LaunchException(
          "Cannot read the folder of plugins '%s': %s.".formatted(folder, e.getMessage()),
          "Make it readable, or remove it.",
          e);
    }
  }

  /** How a file looks now; empty when it has gone. */
  static Optional<Stamp> stamp(Path file) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Kind kind =
          found.isSymbolicLink() ? Kind.LINK : found.isRegularFile() ? Kind.FILE : Kind.OTHER;
      return Optional.of(
          new Stamp(found.size(), found.lastModifiedTime().toMillis(), found.fileKey(), kind));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
