package io.levin.checkpoint;

import io.levin.LevinException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Writes a file so that a kill at any moment leaves the old one or the new one, whole: aside in the
 * same folder, brought to disk, renamed over the old one, the folder brought to disk.
 */
public final class DurableFile {
  private DurableFile() {}

  /** Writes the content of a file, front to back. */
  @FunctionalInterface
  public interface Content {
    void writeTo(WritableByteChannel channel) throws IOException;
  }

  /**
   * Creates missing folders, writes, and puts the file in its place; in a {@link Storage} as this
   * one has it.
   *
   * @throws LevinException when it cannot be written; what was there is as it was
   */
  public static void write(Path path, Content content) {
    Path target = path.toAbsolutePath();
    Optional<WholeFiles> storage = WholeFiles.of(target);
    Path aside = null;
    try {
      if (storage.isPresent()) {
        storage.get().replace(target, content);
        return;
      }
      Files.createDirectories(target.getParent());
      TemporaryName.cleanUp(target);
      aside = TemporaryName.beside(target);
      create(aside, content);
      Disk.move(aside, target);
      aside = null;
      Disk.sync(target.getParent());
    } catch (IOException e) {
      throw Disk.failed(target, e);
    } finally {
      Disk.delete(aside);
    }
  }

  /**
   * Writes a file that is new and part of something not yet put in place, and brings it and its
   * name to disk.
   *
   * @throws java.nio.file.FileAlreadyExistsException when it is there already
   */
  public static void create(Path path, Content content) throws IOException {
    Optional<WholeFiles> storage = WholeFiles.of(path);
    if (storage.isPresent()) {
      storage.get().create(path, content);
      return;
    }
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.READ)) {
      content.writeTo(channel);
      channel.force(true);
    }
    Disk.sync(path.toAbsolutePath().getParent());
  }

  /**
   * Makes a path another name of a file, in place of what it was, in one step. A {@link Storage}
   * copies the file within itself.
   *
   * @return false when this file system has no hard links; nothing has changed then
   */
  public static boolean link(Path file, Path another) {
    Path target = another.toAbsolutePath();
    Optional<WholeFiles> storage = WholeFiles.of(target);
    Path aside = null;
    try {
      if (storage.isPresent()) {
        storage.get().copy(file, target);
        return true;
      }
      Files.createDirectories(target.getParent());
      aside = TemporaryName.beside(target);
      Files.createLink(aside, file);
      Disk.move(aside, target);
      Disk.sync(target.getParent());
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    } finally {
      // Where both were one file already, the move has left the second name in place.
      Disk.delete(aside);
    }
  }
}
