package io.levin.precision.deepspeed;

/**
 * The section {@code fp16} of a DeepSpeed configuration.
 *
 * @param lossScale 0 for a dynamic scale
 * @param initialScalePower the dynamic scale starts at 2 to this power
 * @param lossScaleWindow good steps in a row before the scale grows
 * @param hysteresis overflows that are borne before the scale shrinks
 * @param consecutiveHysteresis whether a good step gives back the overflows borne
 * @param minLossScale where shrinking ends
 */
record Fp16Section(
    double lossScale,
    int initialScalePower,
    int lossScaleWindow,
    int hysteresis,
    boolean consecutiveHysteresis,
    double minLossScale) {
  /** DeepSpeed's own values. */
  static final Fp16Section DEFAULT = new Fp16Section(0, 16, 1000, 2, false, 1);

  Fp16Section {
    demand(lossScale >= 0 && Float.isFinite((float) lossScale), "loss_scale", "0 or more");
    demand(
        initialScalePower >= 0 && initialScalePower < 128,
        "initial_scale_power",
        "between 0 and 127");
    demand(lossScaleWindow >= 1, "loss_scale_window", "at least 1");
    demand(hysteresis >= 1, "hysteresis", "at least 1");
    demand(minLossScale > 0 && Float.isFinite((float) minLossScale), "min_loss_scale", "above 0");
  }

  private static void demand(boolean holds, String key, String what) {
    if (!holds) {
      throw new IllegalArgumentException("fp16.%s must be %s".formatted(key, what));
    }
  }
}
