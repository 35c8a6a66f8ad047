package io.levin.core;

import com.fasterxml.jackson.databind.JsonNode;
import io.levin.optim.Optimizer;
import io.levin.optim.Optimizers;
import io.levin.optim.SchedulerConfig;
import io.levin.schedule.CosineAnnealingLR;
import io.levin.schedule.OneCycleLR;
import io.levin.schedule.StepLR;

/** The schedules of the golden runs, by their names there. */
final class GoldenSchedules {
  private GoldenSchedules() {}

  static Optimizers with(JsonNode run, Optimizer optimizer) {
    String name = run.path("scheduler_per_optimizer_step").asText("null");
    Optimizers optimizers = Optimizers.of(optimizer);
    return switch (name) {
      case "null" -> optimizers;
      case "steplr5x0.5" ->
          optimizers.with(SchedulerConfig.everyStep(new StepLR(optimizer, 5, 0.5)));
      case "onecycle0.05x12" ->
          optimizers.with(SchedulerConfig.everyStep(new OneCycleLR(optimizer, 0.05, 12)));
      case "cosine20to1e-4" ->
          optimizers.with(SchedulerConfig.everyStep(new CosineAnnealingLR(optimizer, 20, 1e-4)));
      default -> throw new IllegalArgumentException(name);
    };
  }
}
