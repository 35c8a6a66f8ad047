package com.example.precision.wideloss;

import io.levin.plan.Answer;
import io.levin.plan.Conflict;
import io.levin.plan.Creation;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Specificity;
import io.levin.arguments.TrainerArguments;
import io.levin.precision.PrecisionOffer;
import io.levin.precision.PrecisionPlugin;
import org.osgi.service.component.annotations.Component;

/** Offers losses in 64 bits to those who name the plugin. */
@Component(service = Offer.class)
public final class WideLossPrecisionPluginOffer extends PrecisionOffer {
  @Override
  public String name() {
    return "WideLossPrecisionPlugin";
  }

  @Override
  public Answer answer(Request request) {
    if (request.named(this).isEmpty()) {
      return Answer.notConcerned("it is taken when you name it");
    }
    Answer.Fits fits = fits(Specificity.PARTICULAR, "you named it", "32", false);
    return request.precision().equals("32")
        ? fits
        : fits.objecting(
            Conflict.of(
                "%s keeps the network in 32 bits, and precision is %s."
                    .formatted(name(), request.precision()),
                "Leave out --precision, or the plugin.",
                TrainerArguments.PRECISION,
                TrainerArguments.PLUGINS));
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    return new WideLossPrecisionPlugin();
  }
}
