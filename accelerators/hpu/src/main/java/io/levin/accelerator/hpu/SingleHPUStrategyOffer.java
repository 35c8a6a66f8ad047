package io.levin.accelerator.hpu;

import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.strategy.DeviceStrategyOffer;
import io.levin.strategy.Strategy;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers one HPU. */
@Component(service = Offer.class)
public final class SingleHPUStrategyOffer extends DeviceStrategyOffer {
  @Override
  public String name() {
    return "SingleHPUStrategy";
  }

  @Override
  public Set<String> words() {
    return Set.of("single_hpu");
  }

  @Override
  protected String kind() {
    return "hpu";
  }

  @Override
  protected Set<String> siblings() {
    return Set.of("SingleHPUStrategy", "HPUParallelStrategy", "single_hpu", "hpu_parallel");
  }

  @Override
  protected boolean refusesForeign() {
    return false;
  }

  @Override
  protected boolean suits(int devices) {
    return devices == 1;
  }

  @Override
  public Strategy create(Creation creation) {
    return new SingleHPUStrategy(emulatedAlone(creation));
  }
}
