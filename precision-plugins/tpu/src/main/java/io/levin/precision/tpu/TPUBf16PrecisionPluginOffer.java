package io.levin.precision.tpu;

import io.levin.accelerator.Accelerator;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.precision.DevicePrecisionOffer;
import io.levin.precision.PrecisionPlugin;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers bf16 on TPUs, also to those who ask for 16. */
@Component(service = Offer.class)
public final class TPUBf16PrecisionPluginOffer extends DevicePrecisionOffer {
  @Override
  public String name() {
    return "TPUBf16PrecisionPlugin";
  }

  @Override
  public Set<String> words() {
    return Set.of("bf16", "16");
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
    return Set.of();
  }

  @Override
  protected String substituted(String precision) {
    return "bf16";
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    return new TPUBf16PrecisionPlugin(creation.part(Accelerator.class).orElseThrow());
  }
}
