package io.levin.accelerator.tpu;

import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.strategy.DeviceStrategyOffer;
import io.levin.strategy.Strategy;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers one TPU core. */
@Component(service = Offer.class)
public final class SingleTPUStrategyOffer extends DeviceStrategyOffer {
  @Override
  public String name() {
    return "SingleTPUStrategy";
  }

  @Override
  public Set<String> words() {
    return Set.of("single_tpu");
  }

  @Override
  protected String kind() {
    return "tpu";
  }

  @Override
  protected Set<String> siblings() {
    return Set.of("SingleTPUStrategy", "TPUSpawnStrategy", "single_tpu");
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
    return new SingleTPUStrategy(emulatedAlone(creation));
  }
}
