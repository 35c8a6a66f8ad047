package io.levin.checkpoint;

import java.nio.file.Path;
import java.util.Set;

/** A {@link CheckpointIO} that can open a part of a checkpoint without touching the rest. */
public interface SupportsPartialLoad extends CheckpointIO {
  /**
   * Reads what lies at or under the given paths, for example {@code state_dict} or {@code
   * state_dict/net.0.weight}, written as in {@link TensorPaths}. Other entries of maps are left
   * out; other items of lists are null, so that the wanted ones keep their index. What is not there
   * is left out too. Files that hold nothing wanted are not opened. The caller closes it.
   *
   * @throws BadCheckpointException when it is not what it should be, saying where
   * @throws io.levin.LevinException when there is none or it cannot be read
   */
  Checkpoint load(Path path, Set<String> wanted);
}
