package io.levin.precision;

import ai.djl.ndarray.NDArray;
import io.levin.optim.Optimizer;
import org.osgi.annotation.versioning.ProviderType;

/** One step of one optimizer, as the Trainer hands it to the precision plugin. */
@ProviderType
public interface OptimizerStep {
  Optimizer optimizer();

  /** Place of the optimizer among the module's optimizers. */
  int index();

  /**
   * Runs the module's step and backward for the last batch of the window; in manual optimization
   * nothing, the user did.
   *
   * @return whether any batch of the window was propagated; false means there is nothing to step
   */
  boolean closure();

  /**
   * Shares the gradients over all ranks, for plugins of devices whose strategy does not do it after
   * backward.
   */
  default void reduceGradients() {}

  /** Calls the {@code onBeforeOptimizerStep} hooks and clips; gradients must be unscaled by now. */
  void afterClosure();

  /** The gradients' arithmetic. */
  Gradients gradients();

  /**
   * Agrees a found-inf flag over all ranks, in place: afterwards every rank holds the largest.
   *
   * @param foundInf shape (1), 0 or 1
   */
  void agreeFoundInf(NDArray foundInf);
}
