package io.levin.accelerator.lazy;

import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.strategy.DeviceStrategyOffer;
import io.levin.strategy.Strategy;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers one lazy device. */
@Component(service = Offer.class)
public final class SingleLazyStrategyOffer extends DeviceStrategyOffer {
  @Override
  public String name() {
    return "SingleLazyStrategy";
  }

  @Override
  public Set<String> words() {
    return Set.of("single_lazy");
  }

  @Override
  protected String kind() {
    return "lazy";
  }

  @Override
  protected Set<String> siblings() {
    return Set.of("SingleLazyStrategy", "single_lazy");
  }

  @Override
  protected boolean refusesForeign() {
    return true;
  }

  @Override
  protected boolean suits(int devices) {
    return devices == 1;
  }

  @Override
  public Strategy create(Creation creation) {
    return new SingleLazyStrategy(creation.part(LazyAccelerator.class).orElseThrow());
  }
}
