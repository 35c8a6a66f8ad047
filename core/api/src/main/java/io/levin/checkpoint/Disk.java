package io.levin.checkpoint;

import io.levin.LevinException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The steps of which durable writes are made. */
final class Disk {
  private Disk() {}

  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A rename is safe only once the folder itself is on disk; some systems cannot open folders. */
  static void sync(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file itself is safe; only this system has no way to say so of a folder.
      return;
    }
  }

  /** Deletes a temporary file or folder, as far as possible; null for none. */
  static void delete(Path aside) {
    if (aside == null) {
      return;
    }
    try {
      if (Files.isDirectory(aside, LinkOption.NOFOLLOW_LINKS)) {
        contents(aside).forEach(Disk::delete);
      }
      Files.deleteIfExists(aside);
    } catch (IOException e) {
      // The next save of the same name cleans up.
      return;
    }
  }

  private static List<Path> contents(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    }
  }

  static LevinException failed(Path target, IOException cause) {
    String why =
        cause instanceof AccessDeniedException denied
            ? "permission denied for '%s'".formatted(denied.getFile())
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
