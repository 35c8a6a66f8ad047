package io.levin.precision.amp;

/**
 * How a {@link GradScaler} starts and moves.
 *
 * @param growthInterval good steps in a row before the scale grows
 */
record ScalerOptions(
    double initScale, double growthFactor, double backoffFactor, int growthInterval) {
  /** PyTorch's own. */
  static final ScalerOptions DEFAULT = new ScalerOptions(65536, 2, 0.5, 2000);

  ScalerOptions {
    if (!(initScale > 0) || !(growthFactor > 1) || !(backoffFactor > 0 && backoffFactor < 1)) {
      throw new IllegalArgumentException(
          "a scaler needs init_scale > 0, growth_factor > 1 and 0 < backoff_factor < 1");
    }
    if (growthInterval < 1) {
      throw new IllegalArgumentException("growth_interval must be at least 1");
    }
  }
}
