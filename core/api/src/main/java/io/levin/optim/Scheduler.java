package io.levin.optim;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** Sets the learning rates (and momenta) of an optimizer's groups as training goes on. */
@ConsumerType
public interface Scheduler {
  /** Name for logs, for example {@code StepLR}. */
  default String name() {
    return getClass().getSimpleName();
  }

  Optimizer optimizer();

  /** Advances by one step or one epoch, whichever its {@link SchedulerConfig} says. */
  void step();

  /** Advances with the monitored metric; only for schedulers that {@link #needsMetric}. */
  default void step(double metric) {
    step();
  }

  /** Whether it must be given a monitored metric, as ReduceLROnPlateau. */
  default boolean needsMetric() {
    return false;
  }

  /** The learning rates that the last step set, one per group. */
  List<Double> lastLrs();

  /** Plain values, in the shape of PyTorch's {@code state_dict()}. */
  Map<String, Object> stateDict();

  void loadStateDict(Map<String, Object> state);
}
