package io.levin.optim;

import java.util.ArrayList;
import java.util.List;

/** What a module's {@code configureOptimizers} gives: optimizers and their schedulers, in order. */
public record Optimizers(List<Optimizer> optimizers, List<SchedulerConfig> schedulers) {
  public Optimizers {
    optimizers = List.copyOf(optimizers);
    schedulers = List.copyOf(schedulers);
    for (SchedulerConfig config : schedulers) {
      if (!optimizers.contains(config.scheduler().optimizer())) {
        throw new IllegalArgumentException(
            "the optimizer of " + config.scheduler().name() + " is not among the optimizers");
      }
    }
  }

  public static Optimizers of(Optimizer... optimizers) {
    return new Optimizers(List.of(optimizers), List.of());
  }

  public Optimizers with(SchedulerConfig scheduler) {
    List<SchedulerConfig> more = new ArrayList<>(schedulers);
    more.add(scheduler);
    return new Optimizers(optimizers, more);
  }
}
