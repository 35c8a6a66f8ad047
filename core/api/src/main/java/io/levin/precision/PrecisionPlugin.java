package io.levin.precision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import java.util.List;
import java.util.Map;

/**
 * Full single precision, and the class that every precision plugin extends.
 *
 * <p>The Trainer calls, in this order: {@link #connect} once; then for every optimizer step {@link
 * #optimizerStep}, which runs the step's closure: {@link #convertInput}, the module's step inside
 * {@link #forwardContext}, then {@link #backward}; after the closure the hooks and {@link
 * #clipGradients}; last {@link #teardown}. All on one thread.
 */
public class PrecisionPlugin {
  /** {@code 16}, {@code 32}, {@code 64}, {@code bf16}, or a word of the plugin's own. */
  public String precision() {
    return "32";
  }

  /** Type in which parameters are kept: FLOAT32, FLOAT64, FLOAT16 or BFLOAT16. */
  public DataType parameterType() {
    return DataType.FLOAT32;
  }

  /**
   * Called once before training, after parameters and optimizers exist.
   *
   * @throws io.levin.MisconfigurationException when it cannot work with them
   */
  public void connect(LevinModule module, List<Optimizer> optimizers) {}

  /** A batch in the numbers this plugin computes in; arrays it does not change are the same. */
  public NDList convertInput(NDList batch) {
    return batch;
  }

  /** What goes into the network, in the numbers it computes in; recorded. */
  public NDList convertNetworkInput(NDList inputs) {
    return inputs;
  }

  /** What the network gave, in the numbers that losses and metrics are computed in; recorded. */
  public NDList convertOutput(NDList outputs) {
    return outputs;
  }

  /** Opened around every training, validation, test and predict step. */
  public Scope forwardContext() {
    return Scope.NONE;
  }

  /** Where a network's blocks get their parameters from during a forward pass. */
  public ParameterStore parameterStore(Block network, NDManager manager) {
    return new ParameterStore(manager, false);
  }

  /** Propagates the loss; hooks see the loss as it is propagated. */
  public void backward(BackwardPass pass, NDArray loss) {
    pass.before(loss);
    pass.propagate(loss);
    pass.after();
  }

  /** Makes one optimizer step: decides when the closure runs and whether the update happens. */
  public StepResult optimizerStep(OptimizerStep step) {
    if (!step.closure()) {
      return StepResult.NOTHING_TO_DO;
    }
    step.afterClosure();
    step.optimizer().step();
    return StepResult.STEPPED;
  }

  /**
   * Makes an optimizer's gradients what the user should see, for clipping by hand before the step.
   */
  public void unscaleGradients(OptimizerStep step) {}

  /** Clips one optimizer's gradients; a value that is not positive does nothing. */
  public void clipGradients(
      Gradients gradients, Optimizer optimizer, double value, ClipAlgorithm algorithm) {
    if (value <= 0) {
      return;
    }
    switch (algorithm) {
      case NORM -> gradients.clipByNorm(optimizer, value);
      case VALUE -> gradients.clipByValue(optimizer, value);
    }
  }

  /**
   * Whether losses and gradients that are not finite belong to its working, and are left out by
   * itself; otherwise such a loss ends the run.
   */
  public boolean skipsOverflow() {
    return false;
  }

  /** State for the checkpoint, plain values and arrays; kept under the plugin's class name. */
  public Map<String, Object> stateDict() {
    return Map.of();
  }

  public void loadStateDict(Map<String, Object> state) {}

  /** Metrics worth logging, such as {@code scaler/scale}; read only when a step is logged. */
  public Map<String, Double> metrics() {
    return Map.of();
  }

  public void teardown() {}
}
