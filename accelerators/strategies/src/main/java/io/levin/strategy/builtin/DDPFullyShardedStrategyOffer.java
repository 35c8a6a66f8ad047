package io.levin.strategy.builtin;

import ai.djl.Device;
import io.levin.cluster.World;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.strategy.Strategy;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers DDP with parameters, gradients and optimizer state shared out over the processes. */
@Component(service = Offer.class)
public final class DDPFullyShardedStrategyOffer extends ProcessesOffer {
  @Override
  public String name() {
    return "DDPFullyShardedStrategy";
  }

  @Override
  public Set<String> words() {
    return Set.of("fsdp", "ddp_fully_sharded");
  }

  @Override
  protected String word() {
    return "fsdp";
  }

  @Override
  protected Strategy create(Creation creation, Device device) {
    return new ShardedStrategy(
        name(), Stage.PARAMETERS, device, World.join(creation, ProcessesOptions.timeout(creation)));
  }
}
