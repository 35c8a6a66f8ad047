package com.example.precision.wideloss;

import static io.levin.testkit.LevinAssertions.assertThat;

import io.levin.arguments.TrainerArguments;
import io.levin.plan.Settings;
import io.levin.testkit.plan.OfferChecks;
import io.levin.testkit.plan.TestRequest;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WideLossPrecisionPluginOfferTest {
  private final WideLossPrecisionPluginOffer offer = new WideLossPrecisionPluginOffer();
  private final TestRequest cpu = TestRequest.empty().device("cpu", 1);

  @TestFactory
  Stream<DynamicTest> keepsToWhatOffersKeepTo() {
    return OfferChecks.of(offer);
  }

  @Test
  void isTakenWhenNamedAndRefusesOtherPrecisions() {
    assertThat(offer.answer(cpu)).isNotConcerned();
    TestRequest named = cpu.naming(offer, Map.of());
    assertThat(offer.answer(named)).withoutObjections().sets(Settings.PRECISION, "32");
    assertThat(offer.answer(named.with(TrainerArguments.PRECISION, "bf16")))
        .objects("32 bits", "precision is bf16", "Leave out --precision");
  }
}
