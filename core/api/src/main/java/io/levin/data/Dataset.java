package io.levin.data;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Samples by index. Called from a loader's own thread when it prefetches; it must not keep state.
 */
@ConsumerType
public interface Dataset {
  /** Number of samples. */
  long size();

  /**
   * The samples of these indices as one batch; every array has the batch as its first axis.
   *
   * @param manager owner of the new arrays; the Trainer closes it after the step
   */
  NDList batch(NDManager manager, long[] indices);
}
