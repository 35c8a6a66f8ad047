package io.levin.checkpoint;

import io.levin.collective.ProcessGroup;
import java.nio.file.Path;

/** A {@link CheckpointIO} that lets every rank of a run write what it has, into one checkpoint. */
public interface SupportsShardedSave extends CheckpointIO {
  /**
   * Writes a checkpoint in place of whatever is there. Every rank calls it, with the same tree but
   * for the parts in its {@link TensorShard}s: together they make up the tensors. What is not in
   * parts is taken from rank 0. When this returns, on any rank, all of it is safely on disk; a
   * failed or killed save, on any rank at any moment, leaves what was there as it was.
   *
   * <p>The checkpoint is loaded as any other: its tensors are whole, for any number of ranks.
   *
   * @param path on a file system that all ranks see
   * @param ranks all that write
   * @throws io.levin.LevinException when it cannot be written: on every rank, saying which failed
   */
  void save(Checkpoint checkpoint, Path path, ProcessGroup ranks);
}
