package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.levin.accelerator.Accelerator;
import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import io.levin.callback.Callback;
import io.levin.data.DataModule;
import io.levin.data.Loader;
import io.levin.logger.Logger;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.optim.SchedulerConfig;
import io.levin.plan.Plan;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.StepResult;
import io.levin.strategy.Strategy;
import io.levin.trainer.FitResult;
import io.levin.trainer.Trainer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A Trainer with the parts of one plan: its state, and the way into each loop. */
final class DefaultTrainer implements Trainer {
  private final Plan plan;
  private final Arguments arguments;
  private final Parts parts;
  private final RunDirectory directory;
  private final RunCheckpoints checkpoints;
  private final Requeue requeue;
  private final RandomNumbers random;
  private final long seed;
  private final List<Callback> callbacks;
  private final List<Logger> loggers;
  private final NDManager manager;
  private final Progress progress = new Progress();
  private final MetricStore metrics;
  private final MetricStore evaluationMetrics;
  private final Ending ending;
  private State state = State.IDLE;
  private int batchIndex;
  private long trainBatches;
  private long validationBatches;
  private Limits limits;
  private FitParts fitParts;
  private boolean loggersStarted;

  DefaultTrainer(
      Plan plan,
      Parts parts,
      Requeue requeue,
      List<Callback> callbacks,
      List<Logger> loggers,
      long seed) {
    this.plan = plan;
    this.arguments = plan.arguments();
    this.parts = parts;
    this.requeue = requeue;
    this.callbacks = List.copyOf(CallbackOrder.of(callbacks));
    Strategy strategy = parts.strategy();
    this.loggers = strategy.isGlobalZero() ? List.copyOf(loggers) : List.of();
    this.seed = seed;
    this.limits = new Limits(arguments, strategy.worldSize());
    this.directory = RunDirectory.create(arguments, requeue.job(), strategy);
    this.checkpoints = new RunCheckpoints(this, parts);
    boolean isDeferred = parts.accelerator().isDeferred();
    this.metrics = new MetricStore(strategy.group(), isDeferred);
    this.evaluationMetrics = new MetricStore(strategy.group(), isDeferred);
    this.ending = new Ending(strategy.group());
    this.manager = NDManager.newBaseManager(parts.strategy().device());
    this.random = new RandomNumbers();
    random.seed(seed);
  }

  @Override
  public FitResult fit(LevinModule module, DataModule data) {
    FitResult result = guarded(module, () -> new Fit(this, module, data).run());
    if (isToBeRequeued()) {
      strategy().barrier("requeue"); // it may end every rank at once
      OneForAll.decide(strategy(), "requeue", requeue::run);
    }
    return result;
  }

  @Override
  public Map<String, Double> validate(LevinModule module, DataModule data) {
    return guarded(module, () -> new Evaluate(this, module, data).run(false));
  }

  @Override
  public Map<String, Double> test(LevinModule module, DataModule data) {
    return guarded(module, () -> new Evaluate(this, module, data).run(true));
  }

  @Override
  public List<NDList> predict(LevinModule module, DataModule data) {
    return guarded(module, () -> new Predict(this, module, data).run());
  }

  /** Tells callbacks of a failure and leaves nothing open, whatever happens. */
  private <T> T guarded(LevinModule module, Supplier<T> work) {
    T result = null;
    Throwable failure = null;
    try {
      result = work.get();
    } catch (RuntimeException | Error e) {
      failure = e;
      for (Callback callback : callbacks) {
        failure = also(failure, () -> callback.onException(this, module, e));
      }
    }
    state = State.IDLE;
    metrics.close();
    evaluationMetrics.close();
    String status = failure != null ? "failed" : !isInterrupted() ? "success" : "stopped";
    for (Logger logger : loggersStarted ? loggers : List.<Logger>of()) {
      failure = also(failure, () -> logger.finish(status));
    }
    loggersStarted = false;
    if (fitParts != null) {
      fitParts.optimizers().forEach(Optimizer::close);
      fitParts = null;
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    return result;
  }

  /** Does one thing more; the first failure stays the failure, later ones are kept beside it. */
  private static Throwable also(Throwable failure, Runnable work) {
    try {
      work.run();
      return failure;
    } catch (RuntimeException | Error e) {
      if (failure == null) {
        return e;
      }
      failure.addSuppressed(e);
      return failure;
    }
  }

  Parts parts() {
    return parts;
  }

  Limits limits() {
    return limits;
  }

  NDManager manager() {
    return manager;
  }

  Progress progress() {
    return progress;
  }

  MetricStore metrics() {
    return metrics;
  }

  /** Metrics of validation and test have sums of their own. */
  MetricStore evaluationMetrics() {
    return evaluationMetrics;
  }

  /** Where logged values go now. */
  MetricStore activeMetrics() {
    return state == State.TRAINING ? metrics : evaluationMetrics;
  }

  long seed() {
    return seed;
  }

  RunDirectory directory() {
    return directory;
  }

  /** The checkpoints of this run. */
  RunCheckpoints checkpoints() {
    return checkpoints;
  }

  void use(FitParts newParts) {
    fitParts = newParts;
  }

  /** What a fit works with; null while none runs. */
  FitParts fitParts() {
    return fitParts;
  }

  /** Ends a step without an optimizer's, where devices are told of it. */
  void endStep() {
    if (accelerator().isDeferred()) {
      accelerator().markStep();
    }
  }

  void startLoggers(Map<String, Object> hyperParameters) {
    loggersStarted = true;
    loggers.forEach(logger -> logger.start(directory.path(), hyperParameters));
  }

  void flushLoggers() {
    loggers.forEach(Logger::flush);
  }

  void write(Map<String, Double> values) {
    values.forEach(metrics::put);
    Map<String, Double> moment = new LinkedHashMap<>(values);
    if (fitParts != null) {
      moment.putIfAbsent("epoch", (double) progress.epoch);
    }
    for (Logger logger : loggers) {
      logger.logMetrics(moment, progress.globalStep);
    }
  }

  void counts(long train, long validation) {
    trainBatches = train;
    validationBatches = validation;
  }

  State enter(State next) {
    State before = state;
    state = next;
    return before;
  }

  void enterBatch(int index) {
    batchIndex = index;
  }

  void manualStep(Optimizer optimizer, int index, StepResult result) {
    progress.globalStep++;
    if (result == StepResult.SKIPPED) {
      progress.skippedSteps++;
      fitParts
          .hooks()
          .call(
              c -> c.onStepSkipped(this, fitParts.module(), optimizer, index),
              m -> m.onStepSkipped(optimizer, index));
    }
  }

  /** Training batches of an epoch in its seeded order, from a position. */
  BatchStream trainStream(Loader loader, int epoch, long position) {
    return Streams.open(loader, seed, epoch, position, manager, strategy());
  }

  /** Batches in the data's own order. */
  BatchStream orderedStream(Loader loader) {
    return Streams.ordered(loader, manager, strategy());
  }

  /**
   * All ranks make their models with the same random numbers, and train with their own: else all
   * would drop the same neurons.
   */
  void ownRandomNumbers() {
    if (strategy().globalRank() > 0) {
      random.seed(seed + strategy().globalRank());
    }
  }

  Object randomState() {
    return random.state();
  }

  void randomState(Object saved) {
    random.restore(saved);
  }

  @Override
  public boolean isKept() {
    return checkpoints.haveThisMoment();
  }

  /** Lets all ranks hear whether one of them is to end; every rank must call it. */
  void agreeOnEnd() {
    ending.agree();
  }

  /** Whether training ends with its epoch, by what all ranks have agreed on. */
  boolean endsWithEpoch() {
    return ending.stopReason() != null || isInterrupted();
  }

  boolean isInterrupted() {
    return ending.interruptReason() != null;
  }

  String interruptReason() {
    String reason = ending.interruptReason();
    return isToBeRequeued() ? "requeue upon " + reason : reason;
  }

  /** Whether the run ends because its scheduler will start it again. */
  boolean isToBeRequeued() {
    return isInterrupted() && requeue.isMeantBy(ending.interruptReason());
  }

  Requeue requeue() {
    return requeue;
  }

  @Override
  public Plan plan() {
    return plan;
  }

  @Override
  public Arguments arguments() {
    return arguments;
  }

  @Override
  public State state() {
    return state;
  }

  @Override
  public long globalStep() {
    return progress.globalStep;
  }

  @Override
  public int currentEpoch() {
    return progress.epoch;
  }

  @Override
  public int batchIndex() {
    return batchIndex;
  }

  @Override
  public long trainBatches() {
    return trainBatches;
  }

  @Override
  public long validationBatches() {
    return validationBatches;
  }

  @Override
  public int maxEpochs() {
    return limits.maxEpochs;
  }

  @Override
  public long maxSteps() {
    return limits.maxSteps;
  }

  @Override
  public Map<String, Double> callbackMetrics() {
    Map<String, Double> values = new LinkedHashMap<>(metrics.callbackMetrics());
    values.putAll(evaluationMetrics.callbackMetrics());
    return values;
  }

  @Override
  public Map<String, Double> progressBarMetrics() {
    Map<String, Double> values = new LinkedHashMap<>(metrics.progressBarMetrics());
    values.putAll(evaluationMetrics.progressBarMetrics());
    return values;
  }

  @Override
  public List<Optimizer> optimizers() {
    return fitParts == null ? List.of() : fitParts.optimizers();
  }

  @Override
  public List<SchedulerConfig> schedulers() {
    return fitParts == null ? List.of() : fitParts.schedules().configs();
  }

  @Override
  public Accelerator accelerator() {
    return parts.accelerator();
  }

  @Override
  public Strategy strategy() {
    return parts.strategy();
  }

  @Override
  public PrecisionPlugin precision() {
    return parts.precision();
  }

  @Override
  public List<Callback> callbacks() {
    return callbacks;
  }

  @Override
  public List<Logger> loggers() {
    return loggers;
  }

  @Override
  public Path runDirectory() {
    return directory.path();
  }

  @Override
  public Path checkpointDirectory() {
    return directory.checkpoints();
  }

  @Override
  public void logMetrics(Map<String, Double> values) {
    write(values);
  }

  @Override
  public void stop(String reason) {
    ending.stop(reason);
  }

  @Override
  public void interrupt(String reason) {
    ending.interrupt(reason);
  }

  @Override
  public boolean shouldStop() {
    return ending.isWanted();
  }

  @Override
  public void saveCheckpoint(Path path, boolean weightsOnly) {
    checkpoints.save(path, weightsOnly);
  }

  @Override
  public String swapCheckpointIO(PluginReference plugin) {
    parts.slot().prefer(plugin);
    return parts.slot().holder();
  }

  @Override
  public void linkCheckpoint(Path checkpoint, Path another, boolean weightsOnly) {
    checkpoints.link(checkpoint, another, weightsOnly);
  }

  @Override
  public String checkpointSuffix() {
    return checkpoints.suffix();
  }

  @Override
  public void removeCheckpoint(Path path) {
    checkpoints.remove(path);
  }

  @Override
  public void close() {
    try {
      parts.close();
    } finally {
      manager.close();
      directory.removeIfEmpty();
    }
  }
}
