package io.levin.precision.full;

import io.levin.engine.Mends;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;
import io.levin.precision.PrecisionOffer;
import io.levin.precision.PrecisionPlugin;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/** Offers 16-bit numbers throughout. */
@Component(service = Offer.class)
public final class HalfPrecisionPluginOffer extends PrecisionOffer {
  @Override
  public String name() {
    return "HalfPrecisionPlugin";
  }

  @Override
  public Set<String> words() {
    return Set.of("16-true", "bf16-true");
  }

  @Override
  public Set<String> options() {
    return Set.of(PRECISION_OPTION);
  }

  @Override
  public Answer answer(Request request) {
    boolean named = request.named(this).isPresent();
    if (isAnotherNamed(request) || (!named && !words().contains(request.precision()))) {
      return notConcerned(request);
    }
    return disagreement(request)
        .<Answer>map(Answer::refuses)
        .orElseGet(
            () -> fit(request, named ? "you named it" : "precision is " + request.precision()));
  }

  private Answer.Fits fit(Request request, String why) {
    String precision = precision(request, "bf16-true");
    Answer.Fits fits = fits(Specificity.GENERAL, why, precision, false);
    return precision.equals("16-true") && request.device().equals("cpu")
        ? fits.warning("precision 16-true is slower than 32 on the CPU, bf16-true is faster.")
        : fits;
  }

  /** Without the mends an array of bf16 may end the process. */
  @Override
  public PrecisionPlugin create(Creation creation) {
    demand(
        "Levin's mends of DJL",
        Mends.missing(),
        "Put levin-engine ahead of DJL's jars on the class path.");
    return new HalfPrecisionPlugin(creation.plan().precision());
  }
}
