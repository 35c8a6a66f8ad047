package io.levin.precision.amp;

import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;
import io.levin.precision.PrecisionPlugin;
import io.levin.strategy.Strategy;
import io.levin.torch.Lowering;
import org.osgi.service.component.annotations.Component;

/** Offers libtorch's own mixed precision, for any strategy without one of its own. */
@Component(service = Offer.class)
public final class NativeMixedPrecisionPluginOffer extends AmpOffer {
  @Override
  public String name() {
    return "NativeMixedPrecisionPlugin";
  }

  @Override
  protected String missing(Request request) {
    return "";
  }

  @Override
  protected int specificity() {
    return Specificity.GENERAL;
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    demandMends();
    Lowering lowering =
        creation
            .part(Strategy.class)
            .map(strategy -> Lowering.on(strategy.device()))
            .orElseGet(Lowering::here);
    return new NativeMixedPrecisionPlugin(creation.plan().precision(), scaler(creation), lowering);
  }
}
