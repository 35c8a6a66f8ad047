package io.levin.accelerator.tpu;

import io.levin.accelerator.EmulatedAccelerator;
import io.levin.cluster.World;
import io.levin.collective.Rendezvous;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
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

  /** On a TPU this strategy starts the processes; emulated ones are started as others are. */
  @Override
  protected boolean isEmulatedInProcesses() {
    return true;
  }

  @Override
  public Strategy create(Creation creation) {
    EmulatedAccelerator accelerator = emulatedOnly(creation);
    return new TPUSpawnStrategy(accelerator, World.join(creation, Rendezvous.TIMEOUT));
  }
}
