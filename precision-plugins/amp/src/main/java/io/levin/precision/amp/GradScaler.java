package io.levin.precision.amp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.levin.LevinException;
import io.levin.optim.Optimizer;
import io.levin.precision.OptimizerStep;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Scales the loss so that small gradients survive 16 bits, by the rules of PyTorch's GradScaler: an
 * infinity halves the scale and leaves the update out, {@code growthInterval} good steps in a row
 * double it, as long as the result is finite.
 */
final class GradScaler implements AutoCloseable {
  /** Where an optimizer is between two {@link #settle}s. */
  private enum Stage {
    UNSCALED,
    /** Unscaled, and not finite. */
    OVERFLOWN,
    STEPPED
  }

  private final NDManager manager;
  private final NDArray foundInf;
  private final NDArray inverse;
  private final NDArray scaleArray;
  private final Map<Optimizer, Stage> stages = new IdentityHashMap<>();
  private float scale;
  private double growthFactor;
  private double backoffFactor;
  private int growthInterval;
  private int growthTracker;
  private boolean sawInf;

  GradScaler(NDManager parent, ScalerOptions options) {
    manager = parent.newSubManager();
    foundInf = manager.zeros(new Shape(1));
    inverse = manager.zeros(new Shape(1));
    scaleArray = manager.zeros(new Shape());
    growthFactor = options.growthFactor();
    backoffFactor = options.backoffFactor();
    growthInterval = options.growthInterval();
    scale((float) options.initScale());
  }

  /** The scale as a scalar array, for multiplying a loss. */
  NDArray scaleArray() {
    return scaleArray;
  }

  float scale() {
    return scale;
  }

  private void scale(float value) {
    scale = value;
    write(scaleArray, value);
    // The reciprocal is taken in double and rounded once, as PyTorch does.
    write(inverse, (float) (1.0 / value));
  }

  private static void write(NDArray array, float value) {
    array.toByteBuffer(true).order(java.nio.ByteOrder.nativeOrder()).putFloat(0, value);
  }

  private static float read(NDArray array) {
    return array.toByteBuffer(true).order(java.nio.ByteOrder.nativeOrder()).getFloat(0);
  }

  /** Divides this optimizer's gradients by the scale, once, and notes infinities on all ranks. */
  void unscale(OptimizerStep step) {
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
  boolean mayStep(Optimizer optimizer) {
    Stage before = stages.put(optimizer, Stage.STEPPED);
    if (before == Stage.STEPPED) {
      throw new IllegalStateException("stepped twice since the last update of the scale");
    }
    return before == Stage.UNSCALED;
  }

  /** Adapts the scale, where an optimizer has decided since the last time. */
  void settle() {
    if (stages.containsValue(Stage.STEPPED)) {
      update();
    } else {
      forget();
    }
  }

  /** Adapts the scale to what was seen, and makes all optimizers ready again. */
  private void update() {
    if (sawInf) {
      scale((float) (scale * backoffFactor));
      growthTracker = 0;
    } else if (++growthTracker == growthInterval) {
      float grown = (float) (scale * growthFactor);
      if (Float.isFinite(grown)) {
        scale(grown);
      }
      growthTracker = 0;
    }
    forget();
  }

  /** Makes all optimizers ready without a change of scale. */
  private void forget() {
    sawInf = false;
    stages.clear();
  }

  Map<String, Object> stateDict() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("scale", (double) scale);
    state.put("growth_factor", growthFactor);
    state.put("backoff_factor", backoffFactor);
    state.put("growth_interval", (long) growthInterval);
    state.put("_growth_tracker", (long) growthTracker);
    return state;
  }

  void loadStateDict(Map<String, Object> state) {
    if (state.isEmpty()) {
      throw LevinException.user(
          "The checkpoint's scaler state is empty: it was saved by a scaler that was switched off.",
          "Resume with the precision of that run.");
    }
    double newScale = number(state, "scale");
    // A scale that has fallen to zero is one that PyTorch saves too.
    if (!(newScale >= 0) || !Double.isFinite(newScale)) {
      throw damaged("scale is " + newScale);
    }
    ScalerOptions options;
    try {
      options =
          new ScalerOptions(
              1,
              number(state, "growth_factor"),
              number(state, "backoff_factor"),
              (int) number(state, "growth_interval"));
    } catch (IllegalArgumentException e) {
      throw damaged(e.getMessage());
    }
    growthTracker = (int) number(state, "_growth_tracker");
    growthFactor = options.growthFactor();
    backoffFactor = options.backoffFactor();
    growthInterval = options.growthInterval();
    scale((float) newScale);
  }

  private static LevinException damaged(String what) {
    return LevinException.user(
        "The checkpoint's scaler state is wrong: %s.".formatted(what),
        "The file is damaged, or was not written by a gradient scaler.");
  }

  private static double number(Map<String, Object> state, String key) {
    if (state.get(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw damaged("it has no number '%s', but %s".formatted(key, state.keySet()));
  }

  @Override
  public void close() {
    manager.close();
  }
}
