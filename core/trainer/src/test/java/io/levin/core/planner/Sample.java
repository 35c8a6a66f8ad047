package io.levin.core.planner;

import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A small plugin bundle: an offer that answers as a test says. */
record Sample(
    Family family,
    String name,
    Set<String> words,
    Set<String> options,
    Function<Request, Answer> answering)
    implements Offer<Object> {

  static Sample of(Family family, String name, Answer answer) {
    return new Sample(family, name, Set.of(), Set.of(), request -> answer);
  }

  static Sample worded(Family family, String name, String word) {
    return new Sample(family, name, Set.of(word), Set.of("level"), request -> Answer.fits(0, "ok"))
        .wordOnly();
  }

  /** One fallback for every family, and these. */
  static Planner planner(Sample... samples) {
    List<Offered> offers = new ArrayList<>();
    for (Family family : Family.values()) {
      offers.add(
          new Offered(of(family, "Plain" + family.type(), Answer.fits(0, "always")), "plain"));
    }
    for (Sample sample : samples) {
      offers.add(new Offered(sample, "bundle." + sample.name()));
    }
    return new Planner(offers);
  }

  @Override
  public Answer answer(Request request) {
    return answering.apply(request);
  }

  @Override
  public Object create(Creation creation) {
    throw new AssertionError("planning creates nothing");
  }

  private Sample wordOnly() {
    return new Sample(
        family,
        name,
        words,
        options,
        request ->
            request.asksFor(this)
                    || request.named(family).map(r -> r.name().equals(name)).orElse(false)
                ? Answer.fits(100, "you asked for it")
                : Answer.notConcerned("nobody asked for it"));
  }
}
