package io.levin.precision.tpu;

import io.levin.accelerator.Accelerator;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.precision.DevicePrecisionOffer;
import io.levin.precision.PrecisionPlugin;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers 32 on TPUs. */
@Component(service = Offer.class)
public final class TPUPrecisionPluginOffer extends DevicePrecisionOffer {
  @Override
  public String name() {
    return "TPUPrecisionPlugin";
  }

  @Override
  public Set<String> words() {
    return Set.of("32");
  }

  @Override
  protected String kind() {
    return "tpu";
  }

  @Override
  protected Set<String> siblings() {
    return Set.of("TPUPrecisionPlugin", "TPUBf16PrecisionPlugin");
  }

  @Override
  protected Set<String> impossible() {
    return Set.of("64");
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    return new TPUPrecisionPlugin(creation.part(Accelerator.class).orElseThrow());
  }
}
