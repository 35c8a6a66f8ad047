package io.levin.precision.amp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.levin.MisconfigurationException;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.precision.BackwardPass;
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
 * GradScaler} scales it, and leaves out steps whose gradients are not finite.
 *
 * <p>Optimizers share the scaler. Each decides for itself whether its step is made; the scale
 * changes once all of them have decided, so that no gradients of one window have different scales.
 */
public class NativeMixedPrecisionPlugin extends MixedPrecisionPlugin {
  private final String precision;
  private final NDManager manager;
  private final GradScaler scaler;
  private boolean isAutomatic = true;
  private int optimizers = 1;

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
    manager = NDManager.newBaseManager();
    scaler = precision.equals("16") ? new GradScaler(manager, options) : null;
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
  public void connect(LevinModule module, List<Optimizer> newOptimizers) {
    if (scaler != null) {
      newOptimizers.stream()
          .filter(Optimizer::reevaluatesClosure)
          .findFirst()
          .ifPresent(this::refuse);
    }
    isAutomatic = module.automaticOptimization();
    optimizers = newOptimizers.size();
  }

  private void refuse(Optimizer optimizer) {
    throw new MisconfigurationException(
        "%s evaluates its closure several times per step, which a gradient scaler cannot follow."
            .formatted(optimizer.name()),
        "Give --precision bf16 or 32, or take another optimizer.");
  }

  @Override
  public Scope forwardContext() {
    return Autocast.open(precision.equals("16") ? Autocast.To.FP16 : Autocast.To.BF16)::close;
  }

  /** What the network gives is cast to 32 bits: losses need them, and Java has no bfloat16. */
  @Override
  public NDList convertOutput(NDList outputs) {
    NDList converted = new NDList(outputs.size());
    for (NDArray array : outputs) {
      DataType type = array.getDataType();
      boolean isNarrow = type == DataType.FLOAT16 || type == DataType.UNKNOWN;
      converted.add(isNarrow ? Casts.toFp32(array) : array);
    }
    return converted;
  }

  @Override
  public void backward(BackwardPass pass, NDArray loss) {
    if (scaler == null) {
      super.backward(pass, loss);
      return;
    }
    if (!isAutomatic) {
      scaler.settle();
    }
    // Hooks see the loss as it is propagated.
    super.backward(pass, pass.times(loss, scaler.scaleArray()));
  }

  @Override
  public StepResult optimizerStep(OptimizerStep step) {
    if (scaler == null) {
      return super.optimizerStep(step);
    }
    StepResult result = StepResult.NOTHING_TO_DO;
    if (step.closure()) {
      scaler.unscale(step);
      step.afterClosure();
      result = StepResult.SKIPPED;
      if (scaler.mayStep(step.optimizer())) {
        step.optimizer().step();
        result = StepResult.STEPPED;
      }
    }
    if (isAutomatic && step.index() == optimizers - 1) {
      scaler.settle();
    }
    return result;
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
    if (scaler == null) {
      return Map.of();
    }
    scaler.settle();
    return scaler.stateDict();
  }

  @Override
  public void loadStateDict(Map<String, Object> state) {
    if (scaler != null) {
      scaler.loadStateDict(state);
    }
  }

  @Override
  public Map<String, Double> metrics() {
    return scaler == null ? Map.of() : Map.of("scaler/scale", (double) scaler.scale());
  }

  @Override
  public void teardown() {
    manager.close();
  }
}
