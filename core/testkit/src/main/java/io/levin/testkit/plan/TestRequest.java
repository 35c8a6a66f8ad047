package io.levin.testkit.plan;

import io.levin.arguments.Argument;
import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Answer;
import io.levin.plan.Choice;
import io.levin.plan.Family;
import io.levin.plan.Hardware;
import io.levin.plan.Offer;
import io.levin.plan.Request;
import io.levin.plan.Settings;
import io.levin.plan.Surroundings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A request to ask an offer with: nothing given, nothing around and nothing chosen, but for what is
 * said. Immutable.
 */
public final class TestRequest implements Request {
  private static final String BUNDLE = "io.levin.testkit";

  private final Arguments arguments;
  private final Surroundings surroundings;
  private final Map<Family, Choice> choices;
  private final Offer<?> named;

  private TestRequest(
      Arguments arguments, Surroundings surroundings, Map<Family, Choice> choices, Offer<?> named) {
    this.arguments = arguments;
    this.surroundings = surroundings;
    this.choices = choices;
    this.named = named;
  }

  /** Nothing given, on a machine with a CPU and nothing else. */
  public static TestRequest empty() {
    return new TestRequest(
        Arguments.none(),
        Surroundings.of(Map.of(), "localhost", Hardware.of(Map.of())),
        Map.of(),
        null);
  }

  public <T> TestRequest with(Argument<T> argument, T value) {
    return new TestRequest(arguments.with(argument, value), surroundings, choices, named);
  }

  /** With an argument as a user writes it. */
  public TestRequest given(Argument<?> argument, String text) {
    return new TestRequest(
        arguments.read(argument, text, "--" + argument.name()), surroundings, choices, named);
  }

  public TestRequest in(Surroundings place) {
    return new TestRequest(arguments, place, choices, named);
  }

  public TestRequest on(Hardware hardware) {
    return in(
        new Surroundings(
            surroundings.environment(), surroundings.hostname(), hardware, surroundings.files()));
  }

  /** The user named this offer's plugin. */
  public TestRequest naming(Offer<?> offer, Map<String, String> options) {
    return new TestRequest(
        arguments.with(
            TrainerArguments.PLUGINS, List.of(new PluginReference(offer.name(), options))),
        surroundings,
        choices,
        offer);
  }

  /** An accelerator was chosen. */
  public TestRequest device(String kind, int devices) {
    return choosing(
        Family.ACCELERATOR,
        Map.of(
            Settings.DEVICE, kind, Settings.DEVICES, IntStream.range(0, devices).boxed().toList()));
  }

  /** Something of a family was chosen. */
  public TestRequest choosing(Family family, Map<String, Object> settings) {
    Map<Family, Choice> more = new EnumMap<>(Family.class);
    more.putAll(choices);
    Answer.Fits fits = Answer.fits(0, "the test says so");
    for (Map.Entry<String, Object> setting : settings.entrySet()) {
      fits = fits.with(setting.getKey(), setting.getValue());
    }
    more.put(family, new Choice(new Chosen(family), fits, BUNDLE));
    return new TestRequest(arguments, surroundings, more, named);
  }

  @Override
  public Arguments arguments() {
    return arguments;
  }

  @Override
  public Surroundings surroundings() {
    return surroundings;
  }

  @Override
  public Optional<Choice> choice(Family family) {
    return Optional.ofNullable(choices.get(family));
  }

  @Override
  public Optional<PluginReference> named(Family family) {
    return named != null && named.family() == family
        ? Optional.of(arguments.get(TrainerArguments.PLUGINS).get(0))
        : Optional.empty();
  }

  /** Stands in a plan for something that the test is not about. */
  record Chosen(Family family) implements Offer<Object> {
    @Override
    public String name() {
      return "Chosen" + family.type();
    }

    @Override
    public Answer answer(Request request) {
      return Answer.notConcerned("it was chosen by the test");
    }

    @Override
    public Object create(io.levin.plan.Creation creation) {
      throw new UnsupportedOperationException("The test is not about " + family.id());
    }
  }
}
