package io.levin.checkpoint;

import java.nio.file.Path;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps checkpoints in one format.
 *
 * <p>Called by one thread at a time. A failed or killed {@link #save} leaves what was at the path
 * as it was.
 */
@ConsumerType
public interface CheckpointIO extends AutoCloseable {
  /** The name of the format, for example {@code torch}. */
  String format();

  /** What names of the checkpoints of a run end with, for example {@code .ckpt}. */
  String suffix();

  /** Everything that a name may end with for this format to be meant, {@link #suffix} among it. */
  default Set<String> suffixes() {
    return Set.of(suffix());
  }

  /**
   * Writes a checkpoint in place of whatever is there; when this returns, it is safely on disk.
   *
   * @throws io.levin.LevinException when it cannot be written, saying why
   */
  void save(Checkpoint checkpoint, Path path);

  /**
   * Reads a checkpoint; the caller closes it. Nothing in the file is ever run.
   *
   * @throws BadCheckpointException when it is not what it should be, saying where
   * @throws io.levin.LevinException when there is none or it cannot be read
   */
  Checkpoint load(Path path);

  /**
   * Removes a checkpoint; nothing happens when there is none.
   *
   * @throws io.levin.LevinException when the path holds something else, which stays
   */
  void remove(Path path);

  /** Whether what is at a path is, by its name and beginning, a checkpoint of this format. */
  default boolean recognizes(Path path) {
    return path.toString().endsWith(suffix());
  }

  /**
   * Reads everything in a checkpoint against its checksums.
   *
   * @throws BadCheckpointException when it is damaged, saying where
   */
  default void verify(Path path) {
    try (Checkpoint checkpoint = load(path)) {
      TensorPaths.of(checkpoint.root()).values().forEach(Digest::sha256);
    }
  }

  @Override
  default void close() {}
}
