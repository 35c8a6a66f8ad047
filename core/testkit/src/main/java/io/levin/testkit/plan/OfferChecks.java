package io.levin.testkit.plan;

import static io.levin.testkit.LevinAssertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.levin.LevinException;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Answer;
import io.levin.plan.Hardware;
import io.levin.plan.Offer;
import io.levin.plan.Surroundings;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What every {@link Offer} keeps to, whatever its family. */
public final class OfferChecks {
  private final Offer<?> offer;

  private OfferChecks(Offer<?> offer) {
    this.offer = offer;
  }

  /** The checks, for a {@code @TestFactory}. */
  public static Stream<DynamicTest> of(Offer<?> offer) {
    OfferChecks checks = new OfferChecks(offer);
    return Stream.of(
        dynamicTest("its names are such as users can write", checks::names),
        dynamicTest("it answers, the same each time, and does nothing else", checks::pure),
        dynamicTest("its sentences are sentences", checks::sentences),
        dynamicTest("a wrong option is refused in a sentence", checks::options));
  }

  private void names() {
    assertThat(offer.family()).isNotNull();
    assertThat(offer.name()).matches("[A-Z][A-Za-z0-9]+");
    assertThat(offer.words()).allMatch(word -> word.matches("[a-z0-9]+([-_][a-z0-9]+)*"));
    assertThat(offer.options()).allMatch(option -> option.matches("[a-z][a-z0-9_-]*"));
    if (offer.family().argument().isEmpty()) {
      assertThat(offer.words()).as("words of a family without argument").isEmpty();
    }
  }

  /** Requests of all sorts, among them some in which nothing was found for the families before. */
  private Stream<TestRequest> requests() {
    TestRequest empty = TestRequest.empty();
    TestRequest cpu = empty.device("cpu", 1);
    return Stream.of(
        empty,
        cpu,
        empty.device("gpu", 4).on(Hardware.parse("gpu=4")),
        cpu.in(Surroundings.of(Map.of("RANK", "x"), "", Hardware.here())),
        empty.naming(offer, Map.of()),
        cpu.naming(offer, Map.of()),
        cpu.naming(new TestRequest.Chosen(offer.family()), Map.of()),
        cpu.with(TrainerArguments.PRECISION, "16").with(TrainerArguments.STRATEGY, "ddp"),
        cpu.given(TrainerArguments.DEVICES, "3").with(TrainerArguments.ACCELERATOR, "tpu"));
  }

  private void pure() {
    requests()
        .forEach(
            request -> {
              Quiet quiet = Quiet.listen();
              Answer answer;
              Answer again;
              try {
                answer = offer.answer(request);
                again = offer.answer(request);
              } finally {
                quiet.close();
              }
              assertThat(answer).isNotNull();
              assertThat(again.toString()).isEqualTo(answer.toString());
              assertThat(quiet.heard()).as("what it printed while it answered").isEmpty();
            });
  }

  private void sentences() {
    requests().forEach(request -> Sentences.check(offer.answer(request)));
  }

  private void options() {
    for (String option : offer.options()) {
      TestRequest request =
          TestRequest.empty().device("cpu", 1).naming(offer, Map.of(option, "\u2603"));
      try {
        Sentences.check(offer.answer(request));
      } catch (LevinException e) {
        Sentences.sentence(e.getMessage());
        Sentences.sentence(e.hint());
      }
    }
  }
}
