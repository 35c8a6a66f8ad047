package io.levin.precision.amp;

import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;
import io.levin.precision.PrecisionPlugin;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers mixed precision whose scaler agrees over the shards of {@code ddp_sharded}. */
@Component(service = Offer.class)
public final class ShardedNativeMixedPrecisionPluginOffer extends AmpOffer {
  private static final Set<String> STRATEGIES =
      Set.of("DDPShardedStrategy", "DDPSpawnShardedStrategy");

  @Override
  public String name() {
    return "ShardedNativeMixedPrecisionPlugin";
  }

  @Override
  protected String missing(Request request) {
    return STRATEGIES.contains(request.chosen(Family.STRATEGY)) ? "" : "strategy ddp_sharded";
  }

  @Override
  protected int specificity() {
    return Specificity.PARTICULAR;
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    demandMends();
    return new ShardedNativeMixedPrecisionPlugin(creation.plan().precision(), scaler(creation));
  }
}
