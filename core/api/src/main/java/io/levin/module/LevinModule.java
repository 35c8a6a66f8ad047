package io.levin.module;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.levin.MisconfigurationException;
import io.levin.callback.Callback;
import io.levin.optim.NamedArray;
import io.levin.optim.Optimizer;
import io.levin.optim.Optimizers;
import io.levin.precision.ClipAlgorithm;
import io.levin.trainer.Trainer;
import java.util.List;
import java.util.Map;

/**
 * A model and what training it means. Extend it, give it a DJL block, and say what a step computes;
 * devices, precision, checkpoints, loops and logs are the Trainer's.
 *
 * <p>All methods are called by the Trainer's one thread. Arrays made in a step belong to the step's
 * manager and are freed after it; {@code batch} is a good array to make others from.
 */
public abstract class LevinModule implements ModuleHooks {
  private final Block block;
  private final List<Shape> inputShapes;
  private ModuleContext context;

  /**
   * @param block the network
   * @param inputShapes shapes of its inputs, any batch size: the Trainer initializes parameters
   *     with them
   */
  protected LevinModule(Block block, Shape... inputShapes) {
    this.block = requireNonNull(block, "block");
    this.inputShapes = List.of(inputShapes);
  }

  public final Block block() {
    return block;
  }

  public final List<Shape> inputShapes() {
    return inputShapes;
  }

  /** The optimizers, over {@link #parameters()}, and their schedulers. Called once per fit. */
  public abstract Optimizers configureOptimizers();

  /**
   * Computes the loss of one batch: a scalar, not yet propagated.
   *
   * @return the loss; null skips this batch. With manual optimization the result is only logged
   */
  public abstract NDArray trainingStep(NDList batch, int batchIndex);

  /** The loss for one of several optimizers; override it where each has a loss of its own. */
  public NDArray trainingStep(NDList batch, int batchIndex, int optimizerIndex) {
    return trainingStep(batch, batchIndex);
  }

  /** Looks at one validation batch; usually logs metrics. */
  public void validationStep(NDList batch, int batchIndex) {
    throw missing("validationStep");
  }

  /** Looks at one test batch; usually logs metrics. */
  public void testStep(NDList batch, int batchIndex) {
    throw missing("testStep");
  }

  /** The prediction for one batch; kept by the Trainer until predict returns. */
  public NDList predictStep(NDList batch, int batchIndex) {
    return forward(batch);
  }

  /** Runs the block in the run's precision. */
  public NDList forward(NDList inputs) {
    return context().forward(inputs);
  }

  /** Runs the block on one array and gives its one result. */
  public final NDArray forward(NDArray input) {
    return forward(new NDList(input)).singletonOrThrow();
  }

  /** Trainable parameters by path, in the order of the state_dict. */
  public final List<NamedArray> parameters() {
    return context().parameters();
  }

  /**
   * Logs a metric. In training steps it is written every {@code log-every-n-steps}, in validation
   * and test it is averaged over the batches, weighted by batch size. The array is read only when
   * needed.
   */
  protected final void log(String name, NDArray value) {
    context().log(name, value, LogOptions.DEFAULT);
  }

  protected final void log(String name, double value) {
    context().log(name, value, LogOptions.DEFAULT);
  }

  /** Logs as {@code options} say: on the step, averaged over the epoch, on the progress bar. */
  protected final void log(String name, NDArray value, LogOptions options) {
    context().log(name, value, options);
  }

  protected final void log(String name, double value, LogOptions options) {
    context().log(name, value, options);
  }

  /**
   * False when trainingStep calls {@link #manualBackward} and steps its {@link #optimizers} itself.
   */
  public boolean automaticOptimization() {
    return true;
  }

  /**
   * The optimizers, for manual optimization: their {@code step} goes through the precision plugin.
   */
  protected final List<Optimizer> optimizers() {
    return context().optimizers();
  }

  /** Backward through the precision plugin, for manual optimization. */
  protected final void manualBackward(NDArray loss) {
    context().manualBackward(loss);
  }

  /** Clips one optimizer's gradients, unscaling them first where a scaler is used. */
  protected final void clipGradients(Optimizer optimizer, double value, ClipAlgorithm algorithm) {
    context().clipGradients(optimizer, value, algorithm);
  }

  /** Override to clip differently; by default as the Trainer's arguments say. */
  public void configureGradientClipping(
      Optimizer optimizer, int optimizerIndex, double value, ClipAlgorithm algorithm) {
    context().clipGradients(optimizer, value, algorithm);
  }

  /** Override to set gradients to zero differently. */
  public void optimizerZeroGrad(Optimizer optimizer, int optimizerIndex) {
    optimizer.zeroGrad();
  }

  /** Values to keep in checkpoints and logs: numbers, texts, booleans, lists and maps of them. */
  public Map<String, Object> hyperParameters() {
    return Map.of();
  }

  /** Callbacks of this model; they replace the Trainer's of the same type. */
  public List<Callback> configureCallbacks() {
    return List.of();
  }

  /** The Trainer of the present run. */
  public final Trainer trainer() {
    return context().trainer();
  }

  /** For the Trainer: ties this module to a run; null unties it. */
  public final void attach(ModuleContext newContext) {
    this.context = newContext;
  }

  private ModuleContext context() {
    if (context == null) {
      throw new MisconfigurationException(
          getClass().getSimpleName() + " is not part of a run yet.",
          "Give it to a Trainer first: trainer.fit(module, data).");
    }
    return context;
  }

  private MisconfigurationException missing(String method) {
    return new MisconfigurationException(
        "%s has no %s, but there is data for it.".formatted(getClass().getSimpleName(), method),
        "Override %s, or leave that data out.".formatted(method));
  }
}
