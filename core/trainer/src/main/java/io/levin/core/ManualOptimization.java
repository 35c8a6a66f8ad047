package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.MisconfigurationException;
import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import io.levin.precision.BackwardPass;
import io.levin.precision.Gradients;
import io.levin.precision.OptimizerStep;
import io.levin.precision.StepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Manual optimization: the module calls backward and steps, the plugins still do their part. */
final class ManualOptimization implements BackwardPass {
  private final DefaultTrainer trainer;
  private final FitParts parts;
  private final List<Optimizer> wrapped = new ArrayList<>();

  ManualOptimization(DefaultTrainer trainer, FitParts parts) {
    this.trainer = trainer;
    this.parts = parts;
    if (parts.clipValue() > 0 || parts.limits().accumulate != 1) {
      throw new MisconfigurationException(
          "%s optimizes by hand, but %s was given."
              .formatted(
                  parts.module().getClass().getSimpleName(),
                  parts.clipValue() > 0 ? "gradient-clip-val" : "accumulate-grad-batches"),
          "Leave the argument out and do it in trainingStep: clipGradients(…), or step every N batches.");
    }
    for (int i = 0; i < parts.optimizers().size(); i++) {
      wrapped.add(new Stepped(parts.optimizers().get(i), i));
    }
  }

  List<Optimizer> optimizers() {
    return wrapped;
  }

  NDArray run(NDList batch, int batchIndex) {
    return parts
        .steps()
        .run(batch, true, "trainingStep", b -> parts.module().trainingStep(b, batchIndex));
  }

  void backward(NDArray loss) {
    parts.precision().backward(this, loss);
    parts.strategy().afterBackward(true);
  }

  @Override
  public void before(NDArray loss) {
    parts
        .hooks()
        .call(
            c -> c.onBeforeBackward(trainer, parts.module(), loss), m -> m.onBeforeBackward(loss));
  }

  @Override
  public NDArray times(NDArray loss, NDArray factor) {
    return parts.autograd().times(loss, factor);
  }

  @Override
  public void propagate(NDArray loss) {
    parts.autograd().backward(loss, parts.strategy());
  }

  @Override
  public void after() {
    parts.hooks().call(c -> c.onAfterBackward(trainer, parts.module()), m -> m.onAfterBackward());
  }

  /** An optimizer whose step goes through strategy and precision plugin. */
  private final class Stepped implements Optimizer, OptimizerStep {
    private final Optimizer inner;
    private final int index;

    Stepped(Optimizer inner, int index) {
      this.inner = inner;
      this.index = index;
    }

    @Override
    public void step() {
      Autograd.recording(false);
      try {
        StepResult result = parts.strategy().optimizerStep(parts.precision(), this);
        trainer.manualStep(inner, index, result);
      } finally {
        Autograd.recording(true);
      }
    }

    @Override
    public boolean closure() {
      return true;
    }

    @Override
    public void reduceGradients() {
      parts.strategy().reduceGradients(inner);
    }

    @Override
    public void afterClosure() {
      parts
          .hooks()
          .call(
              c -> c.onBeforeOptimizerStep(trainer, parts.module(), inner, index),
              m -> m.onBeforeOptimizerStep(inner, index));
    }

    @Override
    public Optimizer optimizer() {
      return inner;
    }

    @Override
    public int index() {
      return index;
    }

    @Override
    public Gradients gradients() {
      return parts.gradients();
    }

    @Override
    public void agreeFoundInf(NDArray foundInf) {
      parts.strategy().max(foundInf);
    }

    @Override
    public String name() {
      return inner.name();
    }

    @Override
    public List<ParameterGroup> groups() {
      return inner.groups();
    }

    @Override
    public void zeroGrad() {
      inner.zeroGrad();
    }

    @Override
    public Map<String, Object> stateDict() {
      return inner.stateDict();
    }

    @Override
    public void loadStateDict(Map<String, Object> state) {
      inner.loadStateDict(state);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
