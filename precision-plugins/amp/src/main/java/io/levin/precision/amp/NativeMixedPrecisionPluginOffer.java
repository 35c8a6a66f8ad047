package io.levin.precision.amp;

import io.levin.LevinException;
import io.levin.arguments.PluginReference;
import io.levin.engine.Mends;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;
import io.levin.precision.PrecisionPlugin;
import io.levin.torch.Autocast;
import java.util.Map;
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
    if (!Autocast.isAvailable()) {
      throw LevinException.environment(
          "Mixed precision needs libtorch's autocast: %s.".formatted(Autocast.missing()),
          "Run on Linux x86-64, or give --precision 32.");
    }
    if (!Mends.missing().isEmpty()) {
      throw LevinException.environment(
          "Mixed precision needs Levin's mends of DJL, without which bf16 may end the process: %s."
              .formatted(Mends.missing()),
          "Put levin-engine ahead of DJL's jars on the class path.");
    }
    return new NativeMixedPrecisionPlugin(
        creation.plan().precision(),
        ScalerOptions.read(
            creation.request().named(this).map(PluginReference::options).orElse(Map.of())));
  }
}
