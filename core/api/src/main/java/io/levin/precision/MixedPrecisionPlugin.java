package io.levin.precision;

import ai.djl.ndarray.NDArray;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import java.util.List;
import java.util.Map;

/**
 * The common base of plugins that compute in 16 bits and keep parameters in 32. Where the loss is
 * scaled, hooks see it as it is propagated, clipping sees true gradients, and steps whose gradients
 * are not finite are left out.
 */
public abstract class MixedPrecisionPlugin extends PrecisionPlugin {
  private final LossScaler scaler;

  /**
   * @param rule how the scale of the loss moves; null when it is not scaled
   */
  protected MixedPrecisionPlugin(LossScale rule) {
    scaler = rule == null ? null : new LossScaler(rule);
  }

  /** Whose rules it follows: {@code native}, {@code apex} or {@code deepspeed}. */
  public abstract String backend();

  @Override
  public void connect(LevinModule module, List<Optimizer> optimizers) {
    if (scaler != null) {
      scaler.connect(module, optimizers);
    }
  }

  @Override
  public void backward(BackwardPass pass, NDArray loss) {
    super.backward(pass, scaler == null ? loss : scaler.scaled(pass, loss));
  }

  @Override
  public StepResult optimizerStep(OptimizerStep step) {
    return scaler == null ? super.optimizerStep(step) : scaler.step(step);
  }

  @Override
  public void unscaleGradients(OptimizerStep step) {
    if (scaler != null) {
      scaler.unscale(step);
    }
  }

  @Override
  public boolean skipsOverflow() {
    return scaler != null;
  }

  /** The scale's state; empty where the loss is not scaled. */
  @Override
  public Map<String, Object> stateDict() {
    return scaler == null ? Map.of() : scaler.stateDict();
  }

  @Override
  public void loadStateDict(Map<String, Object> state) {
    if (scaler != null) {
      scaler.loadStateDict(state);
    }
  }

  @Override
  public Map<String, Double> metrics() {
    return scaler == null ? Map.of() : scaler.metrics();
  }

  @Override
  public void teardown() {
    if (scaler != null) {
      scaler.close();
    }
  }
}
