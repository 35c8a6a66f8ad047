package io.levin.launcher;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A framework's storage: a fresh temporary folder, removed when closed or when the process ends.
 */
final class Storage implements AutoCloseable {
  private final Path folder;
  private final Thread cleaner = new Thread(this::delete, "levin-cleaner");

  Storage() throws IOException {
    folder = Files.createTempDirectory("levin-");
    java.lang.Runtime.getRuntime().addShutdownHook(cleaner);
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    delete();
    try {
      java.lang.Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException e) {
      // the process is ending: the hook finds nothing left to do
    }
  }

  private void delete() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException e) {
      FrameworkLog.warn("Left behind: " + folder, e);
    }
  }
}
