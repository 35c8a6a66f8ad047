package io.levin.it.osgi.kept;

import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Settings;
import io.levin.plan.Specificity;
import io.levin.precision.PrecisionPlugin;

/** A precision that is packed into a plugin of its own. */
public final class KeptPrecisionOffer implements Offer<PrecisionPlugin> {
  @Override
  public Family family() {
    return Family.PRECISION;
  }

  @Override
  public String name() {
    return "KeptPrecisionPlugin";
  }

  @Override
  public Answer answer(Request request) {
    return request.asksFor(this)
        ? Answer.fits(Specificity.PARTICULAR, "you named it").with(Settings.PRECISION, "32")
        : Answer.notConcerned("nobody asked for it");
  }

  @Override
  public PrecisionPlugin create(Creation creation) {
    return new KeptPrecisionPlugin();
  }
}
