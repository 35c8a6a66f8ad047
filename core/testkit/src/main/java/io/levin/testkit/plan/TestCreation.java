package io.levin.testkit.plan;

import io.levin.plan.Answer;
import io.levin.plan.Choice;
import io.levin.plan.Creation;
import io.levin.plan.Family;
import io.levin.plan.Offer;
import io.levin.plan.Plan;
import io.levin.plan.Request;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an offer is given to make its part of: a plan in which it was chosen. */
public final class TestCreation implements Creation {
  private final Plan plan;
  private final Request request;
  private final List<Object> parts;

  private TestCreation(Plan plan, Request request, List<Object> parts) {
    this.plan = plan;
    this.request = request;
    this.parts = parts;
  }

  /**
   * A plan with the offer's answer to a request.
   *
   * @param parts of families that are made before
   * @throws AssertionError when the offer does not fit the request
   */
  public static TestCreation of(Offer<?> offer, TestRequest request, Object... parts) {
    if (!(offer.answer(request) instanceof Answer.Fits fits) || !fits.objections().isEmpty()) {
      throw new AssertionError(
          "%s does not fit: it answers %s".formatted(offer.name(), offer.answer(request)));
    }
    Map<Family, Choice> choices = new EnumMap<>(Family.class);
    for (Family family : Family.values()) {
      choices.put(
          family,
          request
              .choice(family)
              .orElseGet(
                  () -> new Choice(new TestRequest.Chosen(family), Answer.fits(0, ""), "test")));
    }
    choices.put(offer.family(), new Choice(offer, fits, "test"));
    return new TestCreation(new Plan(choices, request.arguments()), request, List.of(parts));
  }

  @Override
  public Plan plan() {
    return plan;
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public <T> Optional<T> part(Class<T> type) {
    return parts.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  @Override
  public String toString() {
    return Arrays.toString(parts.toArray());
  }
}
