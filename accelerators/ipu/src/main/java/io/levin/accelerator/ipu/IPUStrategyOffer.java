package io.levin.accelerator.ipu;

import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.strategy.DeviceStrategyOffer;
import io.levin.strategy.Strategy;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers one process that drives every IPU as a replica. */
@Component(service = Offer.class)
public final class IPUStrategyOffer extends DeviceStrategyOffer {
  @Override
  public String name() {
    return "IPUStrategy";
  }

  @Override
  public Set<String> words() {
    return Set.of("ipu_strategy");
  }

  @Override
  protected String kind() {
    return "ipu";
  }

  @Override
  protected Set<String> siblings() {
    return Set.of("IPUStrategy", "ipu_strategy");
  }

  @Override
  protected boolean refusesForeign() {
    return true;
  }

  @Override
  protected boolean suits(int devices) {
    return devices >= 1;
  }

  @Override
  public Strategy create(Creation creation) {
    return new IPUStrategy(emulatedAlone(creation));
  }
}
