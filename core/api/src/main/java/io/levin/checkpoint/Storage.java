package io.levin.checkpoint;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A place for checkpoints other than this machine's folders, found by the scheme of its addresses;
 * registered as a service.
 *
 * <p>Its paths are paths of a {@link java.nio.file.FileSystem} of its own, which implements {@link
 * WholeFiles}: formats read and list them as they do local ones, through {@link
 * java.nio.file.Files}, and write through {@link DurableFile} and {@link DurableFolder}. Only what
 * is not there is an {@link java.io.IOException}; a place that cannot be reached or refuses is a
 * {@link io.levin.LevinException}, so that nobody takes it for an empty one. Thread-safe.
 */
@ConsumerType
public interface Storage {
  /** For example {@code s3} of {@code s3://bucket/prefix}. */
  String scheme();

  /**
   * The path of an address; nothing is asked over the network yet.
   *
   * @throws io.levin.LevinException when the address is not well-formed, saying what one looks like
   */
  Path path(String address);
}
