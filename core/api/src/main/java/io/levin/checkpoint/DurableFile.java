package io.levin.checkpoint;

import io.levin.LevinException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes a file so that a kill at any moment leaves the old one or the new one, whole: aside in the
 * same folder, brought to disk, renamed over the old one, the folder brought to disk.
 */
public final class DurableFile {
  private static final AtomicLong COUNT = new AtomicLong();

  private DurableFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Creates missing folders, writes, and puts the file in its place.
   *
   * @throws LevinException when it cannot be written; what was there is as it was
   */
  public static void write(Path path, Content content) {
    Path target = path.toAbsolutePath();
    Path aside = null;
    try {
      Files.createDirectories(target.getParent());
      TemporaryName.cleanUp(target);
      aside = target.resolveSibling(TemporaryName.of(target, COUNT.incrementAndGet()));
      try (FileChannel channel =
          FileChannel.open(
              aside,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE,
              StandardOpenOption.READ)) {
        content.writeTo(channel);
        channel.force(true);
      }
      move(aside, target);
      aside = null;
      syncFolder(target.getParent());
    } catch (IOException e) {
      throw failed(target, e);
    } finally {
      delete(aside);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A rename is safe only once the folder itself is on disk; some systems cannot open folders. */
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file itself is safe; only this system has no way to say so of a folder.
      return;
    }
  }

  private static void delete(Path aside) {
    if (aside != null) {
      try {
        Files.deleteIfExists(aside);
      } catch (IOException e) {
        // The next save of the same name cleans up.
        return;
      }
    }
  }

  private static LevinException failed(Path target, IOException cause) {
    String why =
        cause instanceof AccessDeniedException
            ? "permission denied for '%s'".formatted(((AccessDeniedException) cause).getFile())
            : cause instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : String.valueOf(cause.getMessage());
    return LevinException.resource(
        "The checkpoint '%s' could not be written: %s.".formatted(target, why),
        "Make room or give another folder with --default-root-dir; what was there before is"
            + " unharmed.",
        cause);
  }
}
