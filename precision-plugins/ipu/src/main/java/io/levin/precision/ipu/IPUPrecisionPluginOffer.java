package io.levin.precision.ipu;

import io.levin.accelerator.WholeSteps;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Conflict;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.plan.PlannedOnly;
import io.levin.plan.Request;
import io.levin.precision.DevicePrecisionOffer;
import io.levin.precision.PrecisionPlugin;
import java.util.Optional;
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
  protected Optional<Conflict> objection(Request request) {
    Double clip = request.arguments().get(TrainerArguments.GRADIENT_CLIP_VAL);
    return clip == null || clip <= 0
        ? Optional.empty()
        : Optional.of(
            Conflict.of(
                "Gradients cannot be clipped on an IPU, which compiles whole steps.",
                "Leave out --gradient-clip-val, or give --accelerator cpu.",
                TrainerArguments.GRADIENT_CLIP_VAL,
                TrainerArguments.ACCELERATOR));
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    WholeSteps device =
        creation
            .part(WholeSteps.class)
            .orElseThrow(() -> PlannedOnly.cannotRun(name(), "give --accelerator cpu"));
    return new IPUPrecisionPlugin(creation.plan().precision(), device);
  }
}
