package io.levin.precision;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.levin.MisconfigurationException;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import java.nio.ByteOrder;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scales losses so that small gradients survive 16 bits, and leaves out updates whose gradients are
 * not finite. How the scale moves is its {@link LossScale}'s part.
 *
 * <p>Optimizers share it. Each decides for itself whether its step is made; the scale changes once
 * all of them have decided, so that no gradients of one window have different scales. Used by the
 * thread that trains.
 */
public final class LossScaler implements AutoCloseable {
  /** Where an optimizer is between two {@link #settle}s. */
  private enum Stage {
    UNSCALED,
    /** Unscaled, and not finite. */
    OVERFLOWN,
    STEPPED
  }

  private final LossScale rule;
  private final NDManager manager = NDManager.newBaseManager();
  private final NDArray foundInf = manager.zeros(new Shape(1));
  private final NDArray inverse = manager.zeros(new Shape(1));
  private final NDArray scale = manager.zeros(new Shape());
  private final Map<Optimizer, Stage> stages = new IdentityHashMap<>();
  private boolean sawInf;
  private boolean isAutomatic = true;
  private int optimizers = 1;

  public LossScaler(LossScale rule) {
    this.rule = rule;
    publish();
  }

  /** The rule's value, as arrays for the operations. */
  private void publish() {
    float value = rule.value();
    write(scale, value);
    // The reciprocal is taken in double and rounded once, as PyTorch does.
    write(inverse, (float) (1.0 / value));
  }

  private static void write(NDArray array, float value) {
    array.toByteBuffer(true).order(ByteOrder.nativeOrder()).putFloat(0, value);
  }

  private static float read(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).getFloat(0);
  }

  /**
   * Called once before training.
   *
   * @throws MisconfigurationException when an optimizer cannot be followed
   */
  public void connect(LevinModule module, List<Optimizer> connected) {
    for (Optimizer optimizer : connected) {
      if (optimizer.reevaluatesClosure()) {
        throw new MisconfigurationException(
            "%s evaluates its closure several times per step, which a gradient scaler cannot follow."
                .formatted(optimizer.name()),
            "Give --precision bf16 or 32, or take another optimizer.");
      }
    }
    isAutomatic = module.automaticOptimization();
    optimizers = connected.size();
  }

  /** The loss as it is to be propagated. */
  public NDArray scaled(BackwardPass pass, NDArray loss) {
    if (!isAutomatic) {
      settle();
    }
    return pass.times(loss, scale);
  }

  /** Runs the closure, unscales, lets hooks see true gradients, and steps where they are finite. */
  public StepResult step(OptimizerStep step) {
    StepResult result = StepResult.NOTHING_TO_DO;
    if (step.closure()) {
      unscale(step);
      step.afterClosure();
      result = StepResult.SKIPPED;
      if (mayStep(step.optimizer())) {
        step.optimizer().step();
        result = StepResult.STEPPED;
      }
    }
    if (isAutomatic && step.index() == optimizers - 1) {
      settle();
    }
    return result;
  }

  /** Divides this optimizer's gradients by the scale, once, and notes infinities on all ranks. */
  public void unscale(OptimizerStep step) {
    if (stages.containsKey(step.optimizer())) {
      return;
    }
    write(foundInf, 0);
    step.gradients().unscale(step.optimizer(), foundInf, inverse);
    step.agreeFoundInf(foundInf);
    boolean found = read(foundInf) != 0;
    sawInf |= found;
    stages.put(step.optimizer(), found ? Stage.OVERFLOWN : Stage.UNSCALED);
  }

  /** Whether the optimizer may be stepped: its gradients, unscaled by now, are finite. */
  private boolean mayStep(Optimizer optimizer) {
    Stage before = stages.put(optimizer, Stage.STEPPED);
    if (before == Stage.STEPPED) {
      throw new IllegalStateException("stepped twice since the last update of the scale");
    }
    return before == Stage.UNSCALED;
  }

  /** Moves the scale, where an optimizer has decided since the last time. */
  private void settle() {
    if (stages.containsValue(Stage.STEPPED)) {
      rule.update(sawInf);
      publish();
    }
    sawInf = false;
    stages.clear();
  }

  /** The rule's state, as it is between two windows. */
  public Map<String, Object> stateDict() {
    settle();
    return rule.stateDict();
  }

  public void loadStateDict(Map<String, Object> state) {
    rule.loadStateDict(state);
    publish();
  }

  /** For {@link PrecisionPlugin#metrics}. */
  public Map<String, Double> metrics() {
    return Map.of("scaler/scale", (double) rule.value());
  }

  @Override
  public void close() {
    manager.close();
  }
}
