package io.levin.precision.full;

import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;
import io.levin.precision.PrecisionOffer;
import io.levin.precision.PrecisionPlugin;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers 64-bit numbers throughout. */
@Component(service = Offer.class)
public final class DoublePrecisionPluginOffer extends PrecisionOffer {
  @Override
  public String name() {
    return "DoublePrecisionPlugin";
  }

  @Override
  public Set<String> words() {
    return Set.of("64");
  }

  @Override
  public Answer answer(Request request) {
    if (isAnotherNamed(request)
        || (request.named(this).isEmpty() && !request.precision().equals("64"))) {
      return notConcerned(request);
    }
    return fits(
        Specificity.GENERAL,
        request.named(this).isPresent() ? "you named it" : "precision is 64",
        "64",
        false);
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    return new DoublePrecisionPlugin();
  }
}
