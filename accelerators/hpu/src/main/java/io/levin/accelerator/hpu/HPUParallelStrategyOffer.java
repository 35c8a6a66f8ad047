package io.levin.accelerator.hpu;

import io.levin.accelerator.EmulatedAccelerator;
import io.levin.cluster.World;
import io.levin.collective.Rendezvous;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.strategy.DeviceStrategyOffer;
import io.levin.strategy.Strategy;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers one process for every HPU. */
@Component(service = Offer.class)
public final class HPUParallelStrategyOffer extends DeviceStrategyOffer {
  @Override
  public String name() {
    return "HPUParallelStrategy";
  }

  @Override
  public Set<String> words() {
    return Set.of("hpu_parallel");
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
  protected boolean severalProcesses() {
    return true;
  }

  @Override
  public Strategy create(Creation creation) {
    EmulatedAccelerator accelerator = emulatedOnly(creation);
    return new HPUParallelStrategy(accelerator, World.join(creation, Rendezvous.TIMEOUT));
  }
}
