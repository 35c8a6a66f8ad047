package io.levin.precision.amp;

/**
 * How a gradient scaler starts and moves.
 *
 * @param growthInterval good steps in a row before the scale grows
 */
public record ScalerOptions(
    double initScale, double growthFactor, double backoffFactor, int growthInterval) {
  /** PyTorch's own. */
  public static final ScalerOptions DEFAULT = new ScalerOptions(65536, 2, 0.5, 2000);

  public ScalerOptions {
    if (!(initScale > 0) || !(growthFactor > 1) || !(backoffFactor > 0 && backoffFactor < 1)) {
      throw new IllegalArgumentException(
          "a scaler needs init_scale > 0, growth_factor > 1 and 0 < backoff_factor < 1");
    }
    if (growthInterval < 1) {
      throw new IllegalArgumentException("growth_interval must be at least 1");
    }
  }
}
