package io.levin.strategy.builtin;

import ai.djl.Device;
import io.levin.collective.ProcessGroup;
import io.levin.strategy.Strategy;
import io.levin.testkit.strategy.StrategyContract;

class DDPStrategyContractTest extends StrategyContract {
  @Override
  protected Strategy strategy(ProcessGroup group) {
    return new DDPStrategy("DDPStrategy", Device.cpu(), group, false);
  }

  @Override
  protected String name() {
    return "DDPStrategy";
  }
}
