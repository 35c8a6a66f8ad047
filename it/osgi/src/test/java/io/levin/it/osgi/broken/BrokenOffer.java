package io.levin.it.osgi.broken;

import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;

/** An offer that cannot be made; it is packed into a plugin of its own. */
public final class BrokenOffer implements Offer<Object> {
  public BrokenOffer() {
    throw new IllegalStateException("its native library is missing");
  }

  @Override
  public Family family() {
    return Family.PRECISION;
  }

  @Override
  public String name() {
    return "BrokenPlugin";
  }

  @Override
  public Answer answer(Request request) {
    return Answer.notConcerned("never asked");
  }

  @Override
  public Object create(Creation creation) {
    throw new IllegalStateException("never asked");
  }
}
