package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.LevinException;
import io.levin.callback.Callback;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.precision.BackwardPass;
import io.levin.precision.ClipAlgorithm;
import io.levin.precision.Gradients;
import io.levin.precision.OptimizerStep;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.StepResult;
import io.levin.strategy.Strategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Automatic optimization of one optimizer: the closure, and the order of everything around it.
 *
 * <p>Order: training step, zero grad (first batch of a window only), backward; then, at the end of
 * the window, what the precision plugin makes of it.
 */
final class OptimizationStep implements OptimizerStep, BackwardPass {
  private static final Logger LOG = LoggerFactory.getLogger(OptimizationStep.class);

  private final DefaultTrainer trainer;
  private final Hooks hooks;
  private final LevinModule module;
  private final ModelSteps steps;
  private final Autograd autograd;
  private final PrecisionPlugin precision;
  private final Strategy strategy;
  private final Gradients gradients;
  private final Optimizer optimizer;
  private final int index;
  private final double clipValue;
  private final ClipAlgorithm clipAlgorithm;
  private final NDArray share;
  private final boolean checksLoss;
  private final boolean isDeferred;

  private NDList batch;
  private int batchIndex;
  private boolean startsWindow;
  private boolean endsWindow;
  private boolean windowHasBackward;
  private boolean warnedOfNoLoss;
  private NDArray loss;

  OptimizationStep(DefaultTrainer trainer, FitParts parts, int index) {
    this.trainer = trainer;
    this.hooks = parts.hooks();
    this.module = parts.module();
    this.steps = parts.steps();
    this.autograd = parts.autograd();
    this.precision = parts.precision();
    this.strategy = parts.strategy();
    this.gradients = parts.gradients();
    this.optimizer = parts.optimizers().get(index);
    this.index = index;
    this.clipValue = parts.clipValue();
    this.clipAlgorithm = parts.clipAlgorithm();
    this.share = parts.autograd().share(parts.limits().accumulate);
    this.isDeferred = trainer.accelerator().isDeferred();
    this.checksLoss = !parts.precision().skipsOverflow();
  }

  /**
   * Trains on one batch.
   *
   * @return what became of the optimizer's step; null inside an accumulation window
   */
  StepResult run(NDList newBatch, int newBatchIndex, boolean starts, boolean ends) {
    batch = newBatch;
    batchIndex = newBatchIndex;
    startsWindow = starts;
    endsWindow = ends;
    if (starts) {
      windowHasBackward = false;
    }
    loss = null;
    if (!ends) {
      closure();
      return null;
    }
    StepResult result = strategy.optimizerStep(precision, this);
    if (isDeferred && checksLoss && loss != null) {
      check(loss);
    }
    return result;
  }

  /** The batch's loss, undivided; null when the step gave none. */
  NDArray loss() {
    return loss;
  }

  @Override
  public boolean closure() {
    loss = steps.trainingLoss(batch, batchIndex, index);
    if (startsWindow) {
      hooks.call(
          c -> c.onBeforeZeroGrad(trainer, module, optimizer), m -> m.onBeforeZeroGrad(optimizer));
      module.optimizerZeroGrad(optimizer, index);
    }
    if (loss == null) {
      noLoss();
    } else {
      if (checksLoss && !isDeferred) {
        check(loss);
      }
      precision.backward(this, share == null ? loss : times(loss, share));
      windowHasBackward = true;
    }
    if (windowHasBackward) {
      strategy.afterBackward(endsWindow);
    }
    return windowHasBackward;
  }

  @Override
  public void reduceGradients() {
    strategy.reduceGradients(optimizer);
  }

  private void noLoss() {
    if (!warnedOfNoLoss) {
      warnedOfNoLoss = true;
      LOG.warn(
          "trainingStep of {} returned no loss for batch {}: such batches are left out",
          module.getClass().getSimpleName(),
          batchIndex);
    }
  }

  private void check(NDArray value) {
    double number = Scalars.read(value);
    if (!Double.isFinite(number)) {
      throw LevinException.user(
          "The loss is %s in epoch %d, batch %d (step %d)."
              .formatted(number, trainer.currentEpoch(), batchIndex, trainer.globalStep()),
          "Lower the learning rate, clip gradients (--gradient-clip-val 1), or look for bad data;"
              + " resume from the last checkpoint with --ckpt-path last.");
    }
  }

  @Override
  public void before(NDArray propagated) {
    hooks.call(
        c -> c.onBeforeBackward(trainer, module, propagated), m -> m.onBeforeBackward(propagated));
  }

  @Override
  public NDArray times(NDArray whole, NDArray factor) {
    return autograd.times(whole, factor);
  }

  @Override
  public void propagate(NDArray propagated) {
    autograd.backward(propagated, strategy);
  }

  @Override
  public void after() {
    hooks.call(c -> c.onAfterBackward(trainer, module), LevinModule::onAfterBackward);
  }

  @Override
  public void afterClosure() {
    hooks.call(
        (Callback c) -> c.onBeforeOptimizerStep(trainer, module, optimizer, index),
        m -> m.onBeforeOptimizerStep(optimizer, index));
    if (clipValue > 0) {
      module.configureGradientClipping(optimizer, index, clipValue, clipAlgorithm);
    }
  }

  @Override
  public Optimizer optimizer() {
    return optimizer;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public Gradients gradients() {
    return gradients;
  }

  @Override
  public void agreeFoundInf(NDArray foundInf) {
    strategy.max(foundInf);
  }
}
