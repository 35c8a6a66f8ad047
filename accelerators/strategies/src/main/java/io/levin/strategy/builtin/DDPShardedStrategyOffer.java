package io.levin.strategy.builtin;

import ai.djl.Device;
import io.levin.cluster.World;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.strategy.Strategy;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers DDP with the optimizer's state shared out over the processes. */
@Component(service = Offer.class)
public final class DDPShardedStrategyOffer extends ProcessesOffer {
  @Override
  public String name() {
    return "DDPShardedStrategy";
  }

  @Override
  public Set<String> words() {
    return Set.of("ddp_sharded", "ddp_sharded_find_unused_parameters_false");
  }

  @Override
  protected String word() {
    return "ddp_sharded";
  }

  @Override
  protected Strategy create(Creation creation, Device device) {
    return new ShardedStrategy(
        name(), Stage.GRADIENTS, device, World.join(creation, ProcessesOptions.timeout(creation)));
  }
}
