package io.levin.strategy.builtin;

import io.levin.plan.Offer;
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
}
