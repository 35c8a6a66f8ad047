package io.levin.strategy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.levin.collective.Exchange;
import io.levin.collective.ProcessGroup;
import io.levin.collective.Reduction;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizer;
import io.levin.precision.OptimizerStep;
import io.levin.precision.PrecisionPlugin;
import io.levin.precision.StepResult;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** How processes and devices work together. One process of a run has one; used by one thread. */
@ConsumerType
public interface Strategy extends AutoCloseable {
  /** Class name as in plans, for example {@code SingleDeviceStrategy}. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** The device of this process. */
  Device device();

  /** All processes of the run; this one alone unless the strategy says otherwise. */
  default ProcessGroup group() {
    return ProcessGroup.alone();
  }

  default int worldSize() {
    return group().size();
  }

  default int globalRank() {
    return group().rank();
  }

  default boolean isGlobalZero() {
    return globalRank() == 0;
  }

  /** Called once per fit, when parameters and optimizers exist. */
  default void connect(LevinModule module, List<Optimizer> optimizers) {}

  /**
   * Called after a backward pass; shares gradients where there are several ranks.
   *
   * @param endsWindow false inside an accumulation window, when nothing is to be shared yet
   */
  default void afterBackward(boolean endsWindow) {}

  /**
   * Shares one optimizer's gradients, where the strategy leaves it to the precision plugin when to
   * do so; others share them after backward.
   */
  default void reduceGradients(Optimizer optimizer) {}

  /** Makes an optimizer step through the precision plugin. */
  default StepResult optimizerStep(PrecisionPlugin precision, OptimizerStep step) {
    return precision.optimizerStep(step);
  }

  /** How parameters are kept in parts; nothing where every rank has them whole. */
  default Optional<Sharding> sharding() {
    return Optional.empty();
  }

  /** The largest over all ranks, in place. */
  default void max(NDArray array) {
    group().allReduce(array, Reduction.MAX);
  }

  /** The mean over all ranks; every rank must call it. */
  default double mean(double value) {
    return Exchange.mean(group(), value);
  }

  /** Rank zero's decision, on every rank; every rank must call it. */
  default boolean agree(boolean decision) {
    return Exchange.broadcast(group(), decision ? 1 : 0, 0) > 0;
  }

  /** Waits for all ranks. */
  default void barrier(String name) {
    group().barrier();
  }

  @Override
  default void close() {}
}
