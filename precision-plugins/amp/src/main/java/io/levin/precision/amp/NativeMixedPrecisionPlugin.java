package io.levin.precision.amp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.MisconfigurationException;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.precision.BackwardPass;
import io.levin.precision.LossScaler;
import io.levin.precision.MixedPrecisionPlugin;
import io.levin.precision.OptimizerStep;
import io.levin.precision.Scope;
import io.levin.precision.StepResult;
import io.levin.torch.Autocast;
import io.levin.torch.Casts;
import java.util.List;
import java.util.Map;

/**
 * Mixed precision by libtorch's autocast: parameters, gradients and optimizers in 32 bits, matrix
 * products in 16. With {@code bf16} the loss is propagated as it is; with {@code 16} a {@link
 * LossScaler} scales it, and leaves out steps whose gradients are not finite.
 */
public class NativeMixedPrecisionPlugin extends MixedPrecisionPlugin {
  private final String precision;
  private final LossScaler scaler;

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
    if (!precision.equals("16") && !precision.equals("bf16")) {
      throw new MisconfigurationException(
          "NativeMixedPrecisionPlugin does not do precision %s.".formatted(precision),
          "Give 16 or bf16.");
    }
    this.precision = precision;
    scaler = precision.equals("16") ? new LossScaler(new GradScaler(options)) : null;
  }

  @Override
  public String precision() {
    return precision;
  }

  @Override
  public String backend() {
    return "native";
  }

  @Override
  public void connect(LevinModule module, List<Optimizer> optimizers) {
    if (scaler != null) {
      scaler.connect(module, optimizers);
    }
  }

  @Override
  public Scope forwardContext() {
    return Autocast.open(precision.equals("16") ? Autocast.To.FP16 : Autocast.To.BF16)::close;
  }

  /** What the network gives is cast to 32 bits: losses need them, and Java has no bfloat16. */
  @Override
  public NDList convertOutput(NDList outputs) {
    return Casts.widened(outputs);
  }

  /** Hooks see the loss as it is propagated. */
  @Override
  public void backward(BackwardPass pass, NDArray loss) {
    super.backward(pass, scaler == null ? loss : scaler.scaled(pass, loss));
  }

  @Override
  public StepResult optimizerStep(OptimizerStep step) {
    return scaler == null ? super.optimizerStep(step) : scaler.step(step);
  }

  @Override
  public void unscaleGradients(OptimizerStep step) {
    if (scaler != null) {
      scaler.unscale(step);
    }
  }

  /** The scaler's, in PyTorch's shape; empty with bf16. */
  @Override
  public Map<String, Object> stateDict() {
    return scaler == null ? Map.of() : scaler.stateDict();
  }

  @Override
  public void loadStateDict(Map<String, Object> state) {
    if (scaler != null) {
      scaler.loadStateDict(state);
    }
  }

  @Override
  public Map<String, Double> metrics() {
    return scaler == null ? Map.of() : scaler.metrics();
  }

  @Override
  public void teardown() {
    if (scaler != null) {
      scaler.close();
    }
  }
}
