package io.levin.logger.builtin;

import io.levin.arguments.Arguments;
import io.levin.plan.Answer;
import io.levin.plan.Choice;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Plan;
import io.levin.plan.Request;
import java.util.EnumMap;
import java.util.Map;

/** A plan whose parts are only named. */
final class SamplePlan {
  private SamplePlan() {}

  private record Named(Family family, String name) implements Offer<Object> {
    @Override
    public Answer answer(Request request) {
      return fits();
    }

    private static Answer.Fits fits() {
      return (Answer.Fits) Answer.fits(0, "there is <nothing> else");
    }

    @Override
    public Object create(Creation creation) {
      throw new UnsupportedOperationException();
    }
  }

  static Plan of(Arguments arguments) {
    Map<Family, Choice> choices = new EnumMap<>(Family.class);
    for (Family family : Family.values()) {
      choices.put(
          family, new Choice(new Named(family, "My" + family.type()), Named.fits(), "io.levin.my"));
    }
    return new Plan(choices, arguments);
  }
}
