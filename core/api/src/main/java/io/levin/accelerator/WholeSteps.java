package io.levin.accelerator;

import ai.djl.ndarray.NDArray;
import io.levin.optim.Optimizer;
import io.levin.precision.BackwardPass;
import org.osgi.annotation.versioning.ConsumerType;

/** An accelerator that compiles whole steps: backward and update are its own, not the host's. */
@ConsumerType
public interface WholeSteps {
  /** Does the compiled program's backward pass. */
  void propagate(BackwardPass pass, NDArray loss);

  /** Does the compiled program's update. */
  void update(Optimizer optimizer);
}
