package io.levin.checkpoint;

import java.nio.file.Path;

/** A {@link CheckpointIO} that can give a checkpoint a second name, which costs no space. */
public interface SupportsLinks extends CheckpointIO {
  /**
   * Makes a path another name of a checkpoint, in place of what it was, as durably as a save.
   * Either name can be removed or replaced and leaves the other as it is.
   *
   * @return false when that is not possible here, for example on a file system without hard links;
   *     nothing has changed then
   */
  boolean link(Path checkpoint, Path another);
}
