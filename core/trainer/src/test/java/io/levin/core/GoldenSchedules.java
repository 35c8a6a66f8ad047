package io.levin.core;

import com.fasterxml.jackson.databind.JsonNode;
import io.levin.optim.Optimizer;
import io.levin.optim.Optimizers;

final class GoldenSchedules {
  private GoldenSchedules() {}

  static Optimizers with(JsonNode run, Optimizer optimizer) {
    return Optimizers.of(optimizer);
  }
}
