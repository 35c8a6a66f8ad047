package io.levin.strategy.builtin;

import ai.djl.Device;
import io.levin.collective.ProcessGroup;
import io.levin.strategy.Strategy;
import io.levin.testkit.strategy.StrategyContract;

class GroupOfOneContractTest extends StrategyContract {
  @Override
  protected Strategy strategy(ProcessGroup group) {
    return new GroupOfOne("GroupOfOne", Device.cpu());
  }

  @Override
  protected String name() {
    return "GroupOfOne";
  }
}
