package io.levin.checkpoint;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of files and folders that are being written, {@code .NAME.MACHINE-PID-COUNT.levin-tmp}, and
 * the removal of those whose writer is gone.
 */
final class TemporaryName {
  private static final AtomicLong COUNT = new AtomicLong();

  private static final Pattern ASIDE =
      Pattern.compile("\\..+\\.([0-9a-f]+)-(\\d+)-\\d+\\.levin-tmp");

  /** Another machine's process may share the folder; no write of one file takes as long. */
  private static final Duration SURELY_LEFT = Duration.ofHours(6);

  private static final String MACHINE = Integer.toHexString(machine().hashCode());

  private TemporaryName() {}

  /** A new name for what is to be put in the place of a target. */
  static Path beside(Path target) {
    return target.resolveSibling(
        ".%s.%s-%d-%d.levin-tmp"
            .formatted(
                target.getFileName(),
                MACHINE,
                ProcessHandle.current().pid(),
                COUNT.incrementAndGet()));
  }

  /** Removes what killed writers left beside a target. */
  static void cleanUp(Path target) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(target.getParent(), ".*.levin-tmp")) {
      for (Path file : files) {
        if (left(file)) {
          Disk.delete(file);
        }
      }
    }
  }

  private static boolean left(Path file) {
    Matcher name = ASIDE.matcher(file.getFileName().toString());
    if (!name.matches()) {
      return false;
    }
    Instant changed;
    try {
      changed = Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      return false; // finished or removed by its writer in this moment
    }
    if (Duration.between(changed, Instant.now()).compareTo(SURELY_LEFT) > 0) {
      return true;
    }
    Optional<ProcessHandle> writer = ProcessHandle.of(Long.parseLong(name.group(2)));
    return name.group(1).equals(MACHINE)
        && (writer.isEmpty() || startedLater(writer.get(), changed));
  }

  /** Another process with the number of the one that wrote. */
  private static boolean startedLater(ProcessHandle process, Instant changed) {
    return process
        .info()
        .startInstant()
        .filter(start -> start.isAfter(changed.plusSeconds(1)))
        .isPresent();
  }

  private static String machine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname"));
    } catch (IOException e) {
      return System.getenv().getOrDefault("COMPUTERNAME", "");
    }
  }
}
