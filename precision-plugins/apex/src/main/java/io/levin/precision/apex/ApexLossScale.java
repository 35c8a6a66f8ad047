package io.levin.precision.apex;

import io.levin.LevinException;
import io.levin.precision.LossScale;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rule of Apex's loss scaler. Dynamic: it starts at 2^16, an infinity halves it, 2000 good
 * steps double it, up to 2^24. Static: it stays.
 */
final class ApexLossScale implements LossScale {
  static final String DYNAMIC = "dynamic";

  private static final float START = 1 << 16;
  private static final float MOST = 1 << 24;
  private static final long WINDOW = 2000;
  private static final String OWN = "loss_scaler0";

  private final boolean isDynamic;
  private float scale;
  private long unskipped;

  private ApexLossScale(boolean isDynamic, float scale) {
    this.isDynamic = isDynamic;
    this.scale = scale;
  }

  /**
   * @param text {@code dynamic}, or a number above 0
   * @throws IllegalArgumentException for anything else
   */
  static ApexLossScale of(String text) {
    if (text.equals(DYNAMIC)) {
      return new ApexLossScale(true, START);
    }
    try {
      float value = Float.parseFloat(text);
      if (value > 0 && Float.isFinite(value)) {
        return new ApexLossScale(false, value);
      }
    } catch (NumberFormatException e) {
      // said below, with the other wrong values
    }
    throw new IllegalArgumentException(
        "loss_scale must be 'dynamic' or a number above 0, not '%s'".formatted(text));
  }

  /** Null where losses are as they would be without it. */
  ApexLossScale orNothing() {
    return isDynamic || scale != 1 ? this : null;
  }

  @Override
  public float value() {
    return scale;
  }

  @Override
  public void update(boolean overflow) {
    if (!isDynamic) {
      return;
    }
    unskipped = overflow ? 0 : unskipped + 1;
    if (overflow) {
      scale /= 2;
    } else if (unskipped == WINDOW) {
      scale = Math.min(MOST, scale * 2);
      unskipped = 0;
    }
  }

  /** As Apex's own: a scaler for the only loss. */
  @Override
  public Map<String, Object> stateDict() {
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("loss_scale", (double) scale);
    own.put("unskipped", unskipped);
    Map<String, Object> state = new LinkedHashMap<>();
    state.put(OWN, own);
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Object> state) {
    if (state.get(OWN) instanceof Map<?, ?> own
        && own.get("loss_scale") instanceof Number saved
        && own.get("unskipped") instanceof Number count
        && saved.floatValue() >= 0
        && Float.isFinite(saved.floatValue())
        && count.longValue() >= 0) {
      scale = saved.floatValue();
      unskipped = count.longValue();
      return;
    }
    throw LevinException.user(
        "The checkpoint's state of Apex's loss scaler is wrong: %s.".formatted(state),
        "The file is damaged, or was not written by ApexMixedPrecisionPlugin.");
  }
}
