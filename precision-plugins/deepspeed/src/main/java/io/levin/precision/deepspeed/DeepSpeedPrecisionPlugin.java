package io.levin.precision.deepspeed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.levin.MisconfigurationException;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.precision.ClipAlgorithm;
import io.levin.precision.Gradients;
import io.levin.precision.MixedPrecisionPlugin;
import io.levin.precision.OptimizerStep;
import io.levin.precision.Scope;
import io.levin.precision.StepResult;
import io.levin.torch.Autocast;
import io.levin.torch.Casts;
import io.levin.torch.LowPrecisionNetwork;
import java.util.List;

/**
 * The precisions of DeepSpeed's engine: with {@code 16} and {@code bf16} the network is in 16 bits
 * and its masters in 32; {@code 16} scales the loss by DeepSpeed's rules. The engine clips by
 * itself, after the hooks, by the norm over all parameters.
 */
public final class DeepSpeedPrecisionPlugin extends MixedPrecisionPlugin {
  private final String precision;
  private final double gradientClipping;
  private final LowPrecisionNetwork network;

  /**
   * @param precision {@code 16}, {@code 32} or {@code bf16}
   * @param fp16 how the loss is scaled; only {@code 16} looks at it
   * @param gradientClipping largest norm of an optimizer's gradients; 0 leaves them alone
   */
  DeepSpeedPrecisionPlugin(String precision, Fp16Section fp16, double gradientClipping) {
    super(precision.equals("16") ? new DeepSpeedScale(fp16) : null);
    this.precision = precision;
    this.gradientClipping = gradientClipping;
    network =
        switch (precision) {
          case "16" -> new LowPrecisionNetwork(Autocast.To.FP16);
          case "bf16" -> new LowPrecisionNetwork(Autocast.To.BF16);
          case "32" -> null;
          default ->
              throw new MisconfigurationException(
                  "DeepSpeed's engine has no precision %s.".formatted(precision),
                  "Give --precision 16, bf16 or 32.");
        };
  }

  @Override
  public String precision() {
    return precision;
  }

  @Override
  public String backend() {
    return "deepspeed";
  }

  @Override
  public void connect(LevinModule module, List<Optimizer> optimizers) {
    super.connect(module, optimizers);
    if (optimizers.size() != 1) {
      throw new MisconfigurationException(
          "DeepSpeed's engine works with one optimizer, and the module has %d."
              .formatted(optimizers.size()),
          "Let configureOptimizers() give one, or leave out --strategy.");
    }
    if (optimizers.get(0).reevaluatesClosure()) {
      throw new MisconfigurationException(
          "%s evaluates its closure several times per step, which DeepSpeed's engine does not."
              .formatted(optimizers.get(0).name()),
          "Take another optimizer, or leave out --strategy.");
    }
  }

  @Override
  public ParameterStore parameterStore(Block block, NDManager manager) {
    return network == null ? super.parameterStore(block, manager) : network.store(block, manager);
  }

  @Override
  public Scope forwardContext() {
    return network == null ? Scope.NONE : network.open()::close;
  }

  @Override
  public NDList convertNetworkInput(NDList inputs) {
    return network == null ? inputs : network.input(inputs);
  }

  @Override
  public NDList convertOutput(NDList outputs) {
    return Casts.widened(outputs);
  }

  @Override
  public StepResult optimizerStep(OptimizerStep step) {
    StepResult result = super.optimizerStep(new Clipped(step));
    if (result == StepResult.NOTHING_TO_DO) {
      throw new MisconfigurationException(
          "trainingStep gave no loss, and DeepSpeed's engine cannot leave out a batch.",
          "Return a loss for every batch, or leave out --strategy.");
    }
    return result;
  }

  /** Nothing: the engine clips. */
  @Override
  public void clipGradients(
      Gradients gradients, Optimizer optimizer, double value, ClipAlgorithm algorithm) {}

  /** A step whose gradients the engine clips after the hooks. */
  private final class Clipped implements OptimizerStep {
    private final OptimizerStep step;

    Clipped(OptimizerStep step) {
      this.step = step;
    }

    @Override
    public void afterClosure() {
      step.afterClosure();
      if (gradientClipping > 0) {
        step.gradients().clipByNorm(step.optimizer(), gradientClipping);
      }
    }

    @Override
    public void reduceGradients() {
      step.reduceGradients();
    }

    @Override
    public Optimizer optimizer() {
      return step.optimizer();
    }

    @Override
    public int index() {
      return step.index();
    }

    @Override
    public boolean closure() {
      return step.closure();
    }

    @Override
    public Gradients gradients() {
      return step.gradients();
    }

    @Override
    public void agreeFoundInf(NDArray foundInf) {
      step.agreeFoundInf(foundInf);
    }
  }
}
