package io.levin.precision.amp;

/**
 * Mixed precision for {@code ddp_sharded}. Ranks hold different shards, so an infinity that one of
 * them finds must keep all of them from stepping, and norms go over all shards: both are what the
 * Trainer's {@link io.levin.precision.OptimizerStep} and {@link io.levin.precision.Gradients} do
 * under that strategy.
 */
public final class ShardedNativeMixedPrecisionPlugin extends NativeMixedPrecisionPlugin {
  /** As {@link NativeMixedPrecisionPlugin#NativeMixedPrecisionPlugin(String, ScalerOptions)}. */
  public ShardedNativeMixedPrecisionPlugin(String precision, ScalerOptions options) {
    super(precision, options);
  }
}
