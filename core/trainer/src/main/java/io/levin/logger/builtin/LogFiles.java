package io.levin.logger.builtin;

import io.levin.LevinException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** How loggers treat their files. */
final class LogFiles {
  private LogFiles() {}

  /** Writes the whole of a file, somewhere. */
  interface Content {
    void writeTo(Path file) throws IOException;
  }

  /** Puts a whole file in place: readers see the old one or the new one, never a part. */
  static void replace(Path file, Content content) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    content.writeTo(partial);
    try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static LevinException cannotWrite(Path file, IOException cause) {
    return LevinException.resource(
        "Cannot write '%s': %s.".formatted(file, cause.getMessage()),
        "Look at the disk's space and the folder's permissions.",
        cause);
  }
}
