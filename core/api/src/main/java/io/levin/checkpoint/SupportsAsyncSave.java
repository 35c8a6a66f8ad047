package io.levin.checkpoint;

import java.nio.file.Path;
import java.util.List;

/**
 * A {@link CheckpointIO} whose {@link #save} returns when the checkpoint's values are its own,
 * before they are on disk. Saves, links and removals are carried out in the order of the calls;
 * {@link #load} and {@link #verify} wait for those before them.
 *
 * <p>The first failure is thrown by the next call of any of these, or by {@link #close}.
 */
public interface SupportsAsyncSave extends CheckpointIO {
  /** The checkpoints that have become durable since this was last asked, in their order. */
  List<Path> durable();

  /** Waits until everything asked for so far is done. */
  void flush();
}
