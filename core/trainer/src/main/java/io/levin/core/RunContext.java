package io.levin.core;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.module.LogOptions;
import io.levin.module.ModuleContext;
import io.levin.optim.NamedArray;
import io.levin.optim.Optimizer;
import io.levin.precision.ClipAlgorithm;
import io.levin.precision.OptimizerStep;
import io.levin.precision.PrecisionPlugin;
import io.levin.trainer.Trainer;
import java.util.List;
import java.util.function.Consumer;

/** What a module reaches of its run. */
final class RunContext implements ModuleContext {
  private final DefaultTrainer trainer;
  private final Network network;
  private List<Optimizer> optimizers = List.of();
  private Consumer<NDArray> manualBackward;
  private final io.levin.precision.Gradients gradients;

  RunContext(DefaultTrainer trainer, Network network, io.levin.precision.Gradients gradients) {
    this.trainer = trainer;
    this.network = network;
    this.gradients = gradients;
  }

  void optimizers(List<Optimizer> newOptimizers) {
    optimizers = newOptimizers;
  }

  void manualBackward(Consumer<NDArray> backward) {
    manualBackward = backward;
  }

  @Override
  public Trainer trainer() {
    return trainer;
  }

  @Override
  public NDList forward(NDList inputs) {
    boolean training = trainer.state() == Trainer.State.TRAINING;
    PrecisionPlugin precision = trainer.precision();
    return precision.convertOutput(
        network.forward(precision.convertNetworkInput(inputs), training));
  }

  @Override
  public List<NamedArray> parameters() {
    return network.parameters();
  }

  @Override
  public List<Optimizer> optimizers() {
    return optimizers;
  }

  @Override
  public void manualBackward(NDArray loss) {
    if (manualBackward == null) {
      throw new io.levin.MisconfigurationException(
          "manualBackward was called, but the Trainer optimizes this module automatically.",
          "Override automaticOptimization to return false, or return the loss from trainingStep.");
    }
    manualBackward.accept(loss);
  }

  @Override
  public void clipGradients(Optimizer optimizer, double value, ClipAlgorithm algorithm) {
    Optimizer own = optimizer;
    if (optimizer instanceof OptimizerStep step) {
      // Optimization by hand: the gradients are still scaled.
      trainer.precision().unscaleGradients(step);
      own = step.optimizer();
    }
    trainer.precision().clipGradients(gradients, own, value, algorithm);
  }

  @Override
  public void log(String name, NDArray value, LogOptions options) {
    trainer.activeMetrics().log(name, value, options);
  }

  @Override
  public void log(String name, double value, LogOptions options) {
    trainer.activeMetrics().log(name, value, options);
  }
}
