package io.levin.strategy.builtin;

import ai.djl.Device;
import io.levin.cluster.World;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.strategy.Strategy;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers sharded DDP with processes that every fit starts anew. */
@Component(service = Offer.class)
public final class DDPSpawnShardedStrategyOffer extends ProcessesOffer {
  @Override
  public String name() {
    return "DDPSpawnShardedStrategy";
  }

  @Override
  public Set<String> words() {
    return Set.of("ddp_sharded_spawn", "ddp_sharded_spawn_find_unused_parameters_false");
  }

  @Override
  protected String word() {
    return "ddp_sharded_spawn";
  }

  @Override
  protected Strategy create(Creation creation, Device device) {
    return new ShardedStrategy(
        name(), Stage.GRADIENTS, device, World.join(creation, ProcessesOptions.timeout(creation)));
  }
}
