package io.levin.checkpoint;

import io.levin.LevinException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes and removes folders so that a kill at any moment leaves all of one or nothing under its
 * name.
 */
public final class DurableFolder {
  private DurableFolder() {}

  /** Writes the files of a folder, and brings each to disk. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path folder) throws IOException;
  }

  /**
   * Creates missing folders above, writes aside, and puts the folder in its place. In a {@link
   * Storage} its files appear as they are written: what makes it count comes last.
   *
   * @throws LevinException when it cannot be written, or something is there already
   */
  public static void create(Path path, Content content) {
    Path target = path.toAbsolutePath();
    Path aside = null;
    try {
      if (WholeFiles.of(target).isPresent()) {
        content.writeTo(target);
        return;
      }
      Files.createDirectories(target.getParent());
      TemporaryName.cleanUp(target);
      aside = TemporaryName.beside(target);
      Files.createDirectory(aside);
      content.writeTo(aside);
      Disk.sync(aside);
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
   * Takes a folder out of its place in one step, then deletes it with all that is in it.
   *
   * @throws IOException when it cannot be moved; it is as it was
   */
  public static void remove(Path path) throws IOException {
    Path target = path.toAbsolutePath();
    Path aside = TemporaryName.beside(target);
    Disk.move(target, aside);
    Disk.delete(aside);
    Disk.sync(target.getParent());
  }
}
