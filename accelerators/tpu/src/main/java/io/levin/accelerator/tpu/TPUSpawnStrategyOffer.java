package io.levin.accelerator.tpu;

import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.plan.PlannedOnly;
import io.levin.strategy.DeviceStrategyOffer;
import io.levin.strategy.Strategy;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers one process for every TPU core, started by itself. */
@Component(service = Offer.class)
public final class TPUSpawnStrategyOffer extends DeviceStrategyOffer {
  @Override
  public String name() {
    return "TPUSpawnStrategy";
  }

  @Override
  public Set<String> words() {
    return Set.of();
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
    return true;
  }

  @Override
  protected boolean suits(int devices) {
    return devices > 1;
  }

  @Override
  protected boolean allows(int devices) {
    return devices >= 1;
  }

  @Override
  public Strategy create(Creation creation) {
    throw PlannedOnly.cannotRun(name(), "give --accelerator cpu");
  }
}
