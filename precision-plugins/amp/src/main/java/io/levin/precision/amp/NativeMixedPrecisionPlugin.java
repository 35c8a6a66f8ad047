package io.levin.precision.amp;

import ai.djl.ndarray.NDList;
import io.levin.MisconfigurationException;
import io.levin.precision.MixedPrecisionPlugin;
import io.levin.precision.Scope;
import io.levin.torch.Autocast;
import io.levin.torch.Casts;
import io.levin.torch.Lowering;

/**
 * Mixed precision as PyTorch has it: parameters, gradients and optimizers in 32 bits, matrix
 * products in 16. With {@code bf16} the loss is propagated as it is; with {@code 16} it is scaled,
 * and steps whose gradients are not finite are left out.
 */
public class NativeMixedPrecisionPlugin extends MixedPrecisionPlugin {
  private final String precision;
  private final Autocast.To type;
  private final Lowering lowering;

  /**
   * @param precision {@code 16} or {@code bf16}
   */
  public NativeMixedPrecisionPlugin(String precision) {
    this(precision, ScalerOptions.DEFAULT);
  }

  /**
   * @param precision {@code 16} or {@code bf16}
   * @param options of the scaler, which only {@code 16} has
   */
  public NativeMixedPrecisionPlugin(String precision, ScalerOptions options) {
    this(precision, options, Lowering.here());
  }

  /**
   * @param precision {@code 16} or {@code bf16}
   * @param options of the scaler, which only {@code 16} has
   * @param lowering how products come to compute in 16 bits
   */
  public NativeMixedPrecisionPlugin(String precision, ScalerOptions options, Lowering lowering) {
    super(precision.equals("16") ? new GradScaler(options) : null);
    if (!precision.equals("16") && !precision.equals("bf16")) {
      throw new MisconfigurationException(
          "%s does not do precision %s.".formatted(getClass().getSimpleName(), precision),
          "Give 16 or bf16.");
    }
    this.precision = precision;
    this.type = precision.equals("16") ? Autocast.To.FP16 : Autocast.To.BF16;
    this.lowering = lowering;
  }

  @Override
  public final String precision() {
    return precision;
  }

  @Override
  public final String backend() {
    return "native";
  }

  @Override
  public Scope forwardContext() {
    return lowering.open(type)::close;
  }

  /** What the network gives is cast to 32 bits: losses need them, and Java has no bfloat16. */
  @Override
  public NDList convertOutput(NDList outputs) {
    return Casts.widened(outputs);
  }
}
