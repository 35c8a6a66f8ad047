package io.levin.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What the {@link java.nio.file.FileSystem} of a {@link Storage} can do in place of renames: a file
 * appears whole, at once, or not at all. Thread-safe.
 */
@ConsumerType
public interface WholeFiles {
  /**
   * Writes a file in place of what is there. When this returns, it is durable.
   *
   * @throws io.levin.LevinException when it cannot be written, or somebody else has written it
   *     since this began; then what is there is as it was
   */
  void replace(Path file, DurableFile.Content content) throws IOException;

  /**
   * Writes a new file.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is one
   */
  void create(Path file, DurableFile.Content content) throws IOException;

  /** Copies a file onto another within the storage, as durably as a write. */
  void copy(Path file, Path another) throws IOException;

  /** Those of a path's file system; none for this machine's own. */
  static Optional<WholeFiles> of(Path path) {
    return path.getFileSystem() instanceof WholeFiles files ? Optional.of(files) : Optional.empty();
  }
}
