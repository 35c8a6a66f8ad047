package io.levin.testkit.accelerator;

import static io.levin.testkit.LevinAssertions.assertThat;
import static io.levin.testkit.LevinAssertions.assertThatCode;
import static io.levin.testkit.LevinAssertions.assertThatRefused;

import io.levin.accelerator.Accelerator;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Answer;
import io.levin.plan.Creation;
import io.levin.plan.Hardware;
import io.levin.plan.Offer;
import io.levin.plan.Settings;
import io.levin.plan.Surroundings;
import io.levin.testkit.plan.OfferChecks;
import io.levin.testkit.plan.Quiet;
import io.levin.testkit.plan.Sentences;
import io.levin.testkit.plan.TestCreation;
import io.levin.testkit.plan.TestRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an {@link Accelerator} and its offer keep to, on described machines and on this one. */
public abstract class AcceleratorContract {
  private static final int THERE = 8;

  protected abstract Offer<Accelerator> offer();

  /** The kind of device, as in {@link Hardware}, for example {@code gpu}. */
  protected abstract String kind();

  /** Whether there are always such devices, as many as are asked for. */
  protected boolean isEverywhere() {
    return false;
  }

  /** A number of devices between one and nine that can work together. */
  protected int several() {
    return 2;
  }

  /** Whether {@code devices} may be a list of indices. */
  protected boolean takesLists() {
    return true;
  }

  /** Whether it can be stood in for by the CPU. */
  protected boolean canBeEmulated() {
    return false;
  }

  private TestRequest asked(int there) {
    Hardware machine = Hardware.of(there == 0 ? Map.of() : Map.of(kind(), there));
    return TestRequest.empty().on(machine).with(TrainerArguments.ACCELERATOR, kind());
  }

  private Answer answer(TestRequest request) {
    Answer answer = offer().answer(request);
    Sentences.check(answer);
    return answer;
  }

  @BeforeEach
  void theTestIsNamedForWhatItIs(TestInfo test) {
    assertThat(test.getTestClass().orElseThrow().getSimpleName()).endsWith("ContractTest");
  }

  @TestFactory
  Stream<DynamicTest> keepsToWhatOffersKeepTo() {
    return OfferChecks.of(offer());
  }

  @Test
  void isTakenForItsWordAndItsKind() {
    assertThat(offer().words()).contains(kind());
    assertThat(answer(asked(THERE))).withoutObjections().sets(Settings.DEVICE, kind());
    TestRequest other = asked(THERE).with(TrainerArguments.ACCELERATOR, "abacus");
    assertThat(answer(other)).isNotConcerned();
  }

  @Test
  void whereThereIsNoneItSaysSo() {
    if (isEverywhere()) {
      assertThat(answer(asked(0))).withoutObjections();
      return;
    }
    assertThat(answer(asked(0))).isAgainstIt("not available");
    TestRequest auto = TestRequest.empty().on(Hardware.of(Map.of()));
    assertThat(answer(auto.with(TrainerArguments.ACCELERATOR, "auto"))).isNotConcerned();
  }

  @Test
  void countsItsDevices() {
    List<Integer> first = IntStream.range(0, several()).boxed().toList();
    assertThat(answer(asked(THERE).given(TrainerArguments.DEVICES, "" + several())))
        .withoutObjections()
        .sets(Settings.DEVICES, first);
    if (!isEverywhere()) {
      assertThat(answer(asked(THERE).given(TrainerArguments.DEVICES, "auto"))).withoutObjections();
    }
  }

  @Test
  void picksListedDevicesOrRefusesLists() {
    Answer listed = answer(asked(THERE).given(TrainerArguments.DEVICES, "0,2"));
    if (takesLists()) {
      assertThat(listed).withoutObjections().sets(Settings.DEVICES, List.of(0, 2));
    } else {
      assertThat(listed).isAgainstIt("devices 0,2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-2", "5000", "0,0", "9,11"})
  void devicesThatCannotBeAreRefusedByName(String devices) {
    assertThat(answer(asked(THERE).given(TrainerArguments.DEVICES, devices)))
        .isAgainstIt("devices");
  }

  @Test
  void isEmulatedOrRefuses() {
    TestRequest emulated = asked(0).with(TrainerArguments.EMULATE, true);
    if (canBeEmulated()) {
      assertThat(answer(emulated))
          .withoutObjections()
          .sets(Settings.EMULATED, true)
          .warns("emulated");
    } else if (isEverywhere()) {
      assertThat(answer(emulated)).withoutObjections().sets(Settings.EMULATED, false);
    } else {
      assertThat(answer(emulated)).isAgainstIt("not available");
    }
  }

  /** Whatever this machine has. */
  @Test
  void lookingAtThisMachineIsQuiet() {
    TestRequest here = TestRequest.empty().in(Surroundings.here());
    Quiet quiet = Quiet.listen();
    Answer first;
    Answer second;
    try {
      first = offer().answer(here.with(TrainerArguments.ACCELERATOR, kind()));
      second = offer().answer(here.with(TrainerArguments.ACCELERATOR, kind()));
      offer().answer(here);
    } finally {
      quiet.close();
    }
    Sentences.check(first);
    assertThat(second.toString()).isEqualTo(first.toString());
    assertThat(quiet.heard()).as("what it printed").isEmpty();
  }

  @Test
  void whatIsMadeCanBeUsedAndClosed() throws Exception {
    TestRequest request =
        asked(canBeEmulated() ? 0 : THERE).with(TrainerArguments.EMULATE, canBeEmulated());
    Creation creation = TestCreation.of(offer(), request);
    if (!isEverywhere() && !canBeEmulated()) {
      isMadeOrRefused(creation);
      return;
    }
    isUsable(offer().create(creation));
  }

  /** A described machine is not this one: it may be that none can be made here. */
  private void isMadeOrRefused(Creation creation) throws Exception {
    Accelerator made;
    try {
      made = offer().create(creation);
    } catch (io.levin.LevinException e) {
      assertThatRefused(
              () -> {
                throw e;
              })
          .isToldToTheUser();
      return;
    }
    made.close();
  }

  private void isUsable(Accelerator accelerator) throws Exception {
    assertThat(accelerator.name()).isEqualTo(offer().name());
    assertThat(accelerator.device(0)).isNotNull();
    assertThat(accelerator.threads()).isNotNegative();
    assertThat(accelerator.statistics(accelerator.device(0)).keySet())
        .allMatch(name -> name.matches("[A-Za-z0-9_/. -]+"));
    accelerator.markStep();
    accelerator.synchronize();
    accelerator.close();
    assertThatCode(accelerator::close).doesNotThrowAnyException();
  }
}
