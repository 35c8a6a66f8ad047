package io.levin.precision.deepspeed;

import io.levin.LevinException;
import io.levin.precision.LossScale;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rules of DeepSpeed's loss scaler. A window counts from the last overflow, not from the last
 * growth; the first overflows, up to the hysteresis, only skip their step; at the smallest scale an
 * overflow ends the run.
 */
final class DeepSpeedScale implements LossScale {
  private static final float FACTOR = 2;

  private final Fp16Section section;
  private float scale;
  private long iteration;
  private long lastOverflow = -1;
  private long hysteresis;

  DeepSpeedScale(Fp16Section section) {
    this.section = section;
    scale =
        isDynamic()
            ? (float) Math.pow(2, section.initialScalePower())
            : (float) section.lossScale();
    hysteresis = section.hysteresis();
  }

  private boolean isDynamic() {
    return section.lossScale() == 0;
  }

  @Override
  public float value() {
    return scale;
  }

  @Override
  public void update(boolean overflow) {
    if (!isDynamic()) {
      return;
    }
    if (overflow) {
      shrink();
      lastOverflow = iteration;
    } else {
      grow();
    }
    iteration++;
  }

  private void shrink() {
    if (hysteresis > 1) {
      hysteresis--;
      return;
    }
    if (scale == (float) section.minLossScale()) {
      throw LevinException.user(
          "The loss scale is at its least, %s, and gradients still overflow."
              .formatted(section.minLossScale()),
          "Lower the learning rate, look for bad data, or give --precision bf16; resume from the"
              + " last checkpoint with --ckpt-path last.");
    }
    scale = Math.max(scale / FACTOR, (float) section.minLossScale());
  }

  private void grow() {
    if (section.consecutiveHysteresis()) {
      hysteresis = section.hysteresis();
    }
    if ((iteration - lastOverflow) % section.lossScaleWindow() != 0) {
      return;
    }
    hysteresis = section.hysteresis();
    if (Float.isFinite(scale * FACTOR)) {
      scale *= FACTOR;
    }
  }

  /** Under the names of DeepSpeed's own fields. */
  @Override
  public Map<String, Object> stateDict() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("cur_scale", (double) scale);
    state.put("cur_iter", iteration);
    state.put("last_overflow_iter", lastOverflow);
    state.put("cur_hysteresis", hysteresis);
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Object> state) {
    double newScale = number(state, "cur_scale");
    long newIteration = (long) number(state, "cur_iter");
    long newLastOverflow = (long) number(state, "last_overflow_iter");
    long newHysteresis = (long) number(state, "cur_hysteresis");
    if (!(newScale > 0) || !Float.isFinite((float) newScale) || newHysteresis < 1) {
      throw damaged(state);
    }
    scale = (float) newScale;
    iteration = newIteration;
    lastOverflow = newLastOverflow;
    hysteresis = newHysteresis;
  }

  private static double number(Map<String, Object> state, String key) {
    if (state.get(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw damaged(state);
  }

  private static LevinException damaged(Map<String, Object> state) {
    return LevinException.user(
        "The checkpoint's state of DeepSpeed's loss scaler is wrong: %s.".formatted(state),
        "The file is damaged, or was not written by DeepSpeedPrecisionPlugin.");
  }
}
