package io.levin.precision.amp;

import io.levin.LevinException;
import io.levin.precision.LossScale;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rules of PyTorch's GradScaler: an infinity halves the scale, {@code growthInterval} good
 * steps in a row double it, as long as the result is finite.
 */
final class GradScaler implements LossScale {
  private float scale;
  private double growthFactor;
  private double backoffFactor;
  private int growthInterval;
  private int growthTracker;

  GradScaler(ScalerOptions options) {
    scale = (float) options.initScale();
    growthFactor = options.growthFactor();
    backoffFactor = options.backoffFactor();
    growthInterval = options.growthInterval();
  }

  @Override
  public float value() {
    return scale;
  }

  @Override
  public void update(boolean overflow) {
    if (overflow) {
      scale = (float) (scale * backoffFactor);
      growthTracker = 0;
    } else if (++growthTracker == growthInterval) {
      float grown = (float) (scale * growthFactor);
      if (Float.isFinite(grown)) {
        scale = grown;
      }
      growthTracker = 0;
    }
  }

  /** In PyTorch's shape. */
  @Override
  public Map<String, Object> stateDict() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("scale", (double) scale);
    state.put("growth_factor", growthFactor);
    state.put("backoff_factor", backoffFactor);
    state.put("growth_interval", (long) growthInterval);
    state.put("_growth_tracker", (long) growthTracker);
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Object> state) {
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
    scale = (float) newScale;
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
}
