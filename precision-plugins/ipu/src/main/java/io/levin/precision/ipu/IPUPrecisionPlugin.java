package io.levin.precision.ipu;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.levin.MisconfigurationException;
import io.levin.accelerator.WholeSteps;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.precision.BackwardPass;
import io.levin.precision.ClipAlgorithm;
import io.levin.precision.Gradients;
import io.levin.precision.OptimizerStep;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.Scope;
import io.levin.precision.StepResult;
import io.levin.torch.Autocast;
import io.levin.torch.Casts;
import io.levin.torch.LowPrecisionNetwork;
import java.util.List;

/**
 * 32 and 16 bits on IPUs, which compile whole steps: backward and update are the device's, so
 * gradients cannot be clipped, and hooks before the step come when it is done.
 */
public final class IPUPrecisionPlugin extends PrecisionPlugin {
  private final String precision;
  private final WholeSteps device;
  private final LowPrecisionNetwork network;

  /**
   * @param precision {@code 16} or {@code 32}
   */
  public IPUPrecisionPlugin(String precision, WholeSteps device) {
    if (!precision.equals("16") && !precision.equals("32")) {
      throw new MisconfigurationException(
          "IPUPrecisionPlugin does not do precision %s.".formatted(precision), "Give 16 or 32.");
    }
    this.precision = precision;
    this.device = device;
    network = precision.equals("16") ? new LowPrecisionNetwork(Autocast.To.FP16) : null;
  }

  @Override
  public String precision() {
    return precision;
  }

  @Override
  public void connect(LevinModule module, List<Optimizer> optimizers) {
    for (Optimizer optimizer : optimizers) {
      if (optimizer.reevaluatesClosure()) {
        throw new MisconfigurationException(
            "%s evaluates its closure several times per step, which a compiled step cannot."
                .formatted(optimizer.name()),
            "Take another optimizer, or give --accelerator cpu.");
      }
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
  public void backward(BackwardPass pass, NDArray loss) {
    pass.before(loss);
    device.propagate(pass, loss);
    pass.after();
  }

  /**
   * @throws MisconfigurationException when no batch gave a loss: the program has no such branch
   */
  @Override
  public StepResult optimizerStep(OptimizerStep step) {
    if (!step.closure()) {
      throw new MisconfigurationException(
          "trainingStep gave no loss, and an IPU's compiled step cannot leave out a batch.",
          "Return a loss for every batch, or give --accelerator cpu.");
    }
    device.update(step.optimizer());
    step.afterClosure();
    return StepResult.STEPPED;
  }

  /**
   * @throws MisconfigurationException for a value above 0
   */
  @Override
  public void clipGradients(
      Gradients gradients, Optimizer optimizer, double value, ClipAlgorithm algorithm) {
    if (value > 0) {
      throw new MisconfigurationException(
          "Gradients cannot be clipped on an IPU, which compiles whole steps.",
          "Leave the clipping out, or give --accelerator cpu.");
    }
  }
}
