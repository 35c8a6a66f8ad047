package io.levin.precision.ipu;

import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.plan.PlannedOnly;
import io.levin.precision.DevicePrecisionOffer;
import io.levin.precision.PrecisionPlugin;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers 16 and 32 on Graphcore's processors. */
@Component(service = Offer.class)
public final class IPUPrecisionPluginOffer extends DevicePrecisionOffer {
  @Override
  public String name() {
    return "IPUPrecisionPlugin";
  }

  @Override
  public Set<String> words() {
    return Set.of("16", "32");
  }

  @Override
  public Set<String> options() {
    return Set.of(PRECISION_OPTION);
  }

  @Override
  protected String kind() {
    return "ipu";
  }

  @Override
  protected Set<String> siblings() {
    return Set.of("IPUPrecisionPlugin");
  }

  @Override
  protected Set<String> impossible() {
    return Set.of("64", "bf16");
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    throw PlannedOnly.cannotRun(name(), "give --accelerator cpu with --precision 32, 64 or bf16");
  }
}
