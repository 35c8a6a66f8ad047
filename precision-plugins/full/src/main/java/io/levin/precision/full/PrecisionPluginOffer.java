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

/** Offers 32-bit numbers throughout: right for every request that asks for nothing else. */
@Component(service = Offer.class)
public final class PrecisionPluginOffer extends PrecisionOffer {
  @Override
  public String name() {
    return "PrecisionPlugin";
  }

  @Override
  public Set<String> words() {
    return Set.of("32");
  }

  @Override
  public Answer answer(Request request) {
    if (isAnotherNamed(request)
        || (request.named(this).isEmpty() && !request.precision().equals("32"))) {
      return notConcerned(request);
    }
    String why =
        request.word(family()).isPresent() ? "precision is 32" : "nobody asked for another";
    return fits(
        Specificity.GENERAL, request.named(this).isPresent() ? "you named it" : why, "32", false);
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    return new PrecisionPlugin();
  }
}
