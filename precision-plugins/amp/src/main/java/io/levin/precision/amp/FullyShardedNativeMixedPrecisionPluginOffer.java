package io.levin.precision.amp;

import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;
import io.levin.precision.PrecisionPlugin;
import org.osgi.service.component.annotations.Component;

/** Offers mixed precision for {@code fsdp}, where parameters are shared out too. */
@Component(service = Offer.class)
public final class FullyShardedNativeMixedPrecisionPluginOffer extends AmpOffer {
  @Override
  public String name() {
    return "FullyShardedNativeMixedPrecisionPlugin";
  }

  @Override
  protected String missing(Request request) {
    return request.chosen(Family.STRATEGY).equals("DDPFullyShardedStrategy") ? "" : "strategy fsdp";
  }

  @Override
  protected int specificity() {
    return Specificity.PARTICULAR;
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    demandMends();
    return new FullyShardedNativeMixedPrecisionPlugin(
        creation.plan().precision(), scaler(creation));
  }
}
