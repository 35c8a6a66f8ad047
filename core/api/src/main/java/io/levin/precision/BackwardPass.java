package io.levin.precision;

import ai.djl.ndarray.NDArray;
import org.osgi.annotation.versioning.ProviderType;

/** The parts of one backward pass, for a precision plugin to put in order. */
@ProviderType
public interface BackwardPass {
  /** Calls the {@code onBeforeBackward} hooks, callbacks first. */
  void before(NDArray loss);

  /** Adds the gradients of {@code loss} to those of the parameters. */
  void propagate(NDArray loss);

  /**
   * The loss times a factor, recorded for {@link #propagate}.
   *
   * @param factor a scalar that outlives the step
   */
  NDArray times(NDArray loss, NDArray factor);

  /** Calls the {@code onAfterBackward} hooks. */
  void after();
}
