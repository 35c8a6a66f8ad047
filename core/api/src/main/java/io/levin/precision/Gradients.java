package io.levin.precision;

import ai.djl.ndarray.NDArray;
import io.levin.optim.Optimizer;
import org.osgi.annotation.versioning.ProviderType;

/** Arithmetic on all gradients of an optimizer at once, in place, without copies. */
@ProviderType
public interface Gradients {
  /** L2 norm over all gradients of the optimizer, over all shards. */
  double norm(Optimizer optimizer);

  /** Scales gradients so that their norm is at most {@code limit}. */
  void clipByNorm(Optimizer optimizer, double limit);

  /** Limits every element to [-limit, limit]. */
  void clipByValue(Optimizer optimizer, double limit);

  /**
   * Multiplies all gradients by {@code inverseScale} and notes in {@code foundInf} whether any
   * element was not finite.
   */
  void unscale(Optimizer optimizer, NDArray foundInf, NDArray inverseScale);
}
