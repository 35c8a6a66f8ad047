package io.levin.core.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.levin.LevinException;
import io.levin.MisconfigurationException;
import io.levin.arguments.Argument;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.plan.Answer;
import io.levin.plan.Conflict;
import io.levin.plan.Decision.Verdict;
import io.levin.plan.Family;
import io.levin.plan.Hardware;
import io.levin.plan.PlanReport;
import io.levin.plan.Settings;
import io.levin.plan.Surroundings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final Surroundings PLACE =
      Surroundings.of(Map.of(), "host", Hardware.of(Map.of()));
  private static final Conflict WRONG = new Conflict(List.of("devices"), "Too many.", "Take one.");

  @Test
  void takesTheBestFitOfEveryFamily() {
    PlanReport report =
        plan(Sample.planner(Sample.of(Family.STRATEGY, "Better", Answer.fits(1, "it is better"))));
    assertThat(report.orThrow().choice(Family.STRATEGY).name()).isEqualTo("Better");
    assertThat(report.orThrow().choice(Family.STRATEGY).bundle()).isEqualTo("bundle.Better");
    assertThat(report.orThrow().choice(Family.ACCELERATOR).name()).isEqualTo("PlainAccelerator");
  }

  @Test
  void givesTheReasonForEveryOffer() {
    PlanReport report =
        plan(
            Sample.planner(
                Sample.of(Family.STRATEGY, "Better", Answer.fits(1, "it is better")),
                Sample.of(Family.STRATEGY, "Other", Answer.notConcerned("no cloud here"))));
    assertThat(report.decisions())
        .filteredOn(decision -> decision.family() == Family.STRATEGY)
        .extracting("name", "verdict", "why")
        .containsExactlyInAnyOrder(
            tuple("Better", Verdict.CHOSEN, "it is better"),
            tuple("Other", Verdict.NOT_CONCERNED, "no cloud here"),
            tuple("PlainStrategy", Verdict.PASSED_OVER, "Better fits better"));
  }

  @Test
  void reportsTheConflictsOfAllFamiliesAtOnce() {
    Conflict second = new Conflict(List.of("precision"), "No such numbers.", "Take 32.");
    PlanReport report =
        plan(
            Sample.planner(
                Sample.of(Family.ACCELERATOR, "A", Answer.fits(1, "").objecting(WRONG)),
                Sample.of(Family.PRECISION, "P", Answer.refuses(second))));
    assertThat(report.plan()).isEmpty();
    assertThat(report.conflicts()).containsExactly(WRONG, second);
  }

  @Test
  void objectionsCountOnlyWhenTheFitIsTheBest() {
    PlanReport report =
        plan(
            Sample.planner(
                Sample.of(Family.STRATEGY, "Best", Answer.fits(2, "best")),
                Sample.of(Family.STRATEGY, "Second", Answer.fits(1, "").objecting(WRONG))));
    assertThat(report.conflicts()).isEmpty();
  }

  @Test
  void laterFamiliesAreJudgedAsIfAnObjectionWereMet() {
    PlanReport report =
        plan(
            Sample.planner(
                Sample.of(Family.ACCELERATOR, "A", Answer.fits(1, "").objecting(WRONG)),
                new Sample(
                    Family.STRATEGY,
                    "S",
                    Set.of(),
                    Set.of(),
                    request ->
                        request.chosen(Family.ACCELERATOR).equals("A")
                            ? Answer.refuses(new Conflict(List.of(), "not with A", ""))
                            : Answer.notConcerned(""))));
    assertThat(report.conflicts())
        .extracting(Conflict::message)
        .containsExactly("Too many.", "not with A");
  }

  @Test
  void twoBundlesThatFitEquallyAreAConflictThatNamesBoth() {
    PlanReport report =
        plan(
            Sample.planner(
                Sample.of(Family.CHECKPOINT_IO, "OneIO", Answer.fits(5, "")),
                Sample.of(Family.CHECKPOINT_IO, "OtherIO", Answer.fits(5, ""))));
    assertThat(report.conflicts()).hasSize(1);
    assertThat(report.conflicts().get(0).message()).contains("bundle.OneIO", "bundle.OtherIO");
    assertThat(report.conflicts().get(0).hint()).contains("--plugins OneIO");
  }

  @Test
  void theOrderOfTheOffersMakesNoDifference() {
    Offered first = new Offered(Sample.of(Family.STRATEGY, "X", Answer.fits(5, "")), "b1");
    Offered second = new Offered(Sample.of(Family.STRATEGY, "X", Answer.fits(5, "")), "b2");
    assertThat(plan(new Planner(List.of(first, second))))
        .isEqualTo(plan(new Planner(List.of(second, first))));
  }

  @Test
  void aNamedPluginWinsItsFamily() {
    Planner planner =
        Sample.planner(
            Sample.of(Family.STRATEGY, "Modest", Answer.fits(1, "modest")),
            Sample.of(Family.STRATEGY, "Proud", Answer.fits(900, "proud")));
    PlanReport report = plan(planner, TrainerArguments.PLUGINS, "Modest");
    assertThat(report.orThrow().choice(Family.STRATEGY).name()).isEqualTo("Modest");
  }

  @Test
  void aNamedPluginThatDoesNotFitIsAConflict() {
    Planner planner =
        Sample.planner(
            Sample.of(Family.STRATEGY, "Cloud", Answer.notConcerned("there is no cloud")));
    PlanReport report = plan(planner, TrainerArguments.PLUGINS, "Cloud");
    assertThat(report.conflicts())
        .extracting(Conflict::message)
        .containsExactly("Cloud cannot be used here: there is no cloud.");
  }

  @Test
  void twoNamedOfOneKindAreAConflictThatNamesTheKind() {
    Planner planner = Sample.planner(Sample.of(Family.PRECISION, "P", Answer.fits(1, "")));
    PlanReport report = plan(planner, TrainerArguments.PLUGINS, "P,PlainPrecisionPlugin");
    assertThat(report.conflicts()).hasSize(1);
    assertThat(report.conflicts().get(0).message())
        .contains("PrecisionPlugin", "P", "PlainPrecisionPlugin");
  }

  @Test
  void anUnknownPluginIsAConflictWithWhatThereIsAndTheClosest() {
    PlanReport report = plan(Sample.planner(), TrainerArguments.PLUGINS, "PlanStrategy");
    assertThat(report.conflicts().get(0).message())
        .contains("Strategy 'PlanStrategy'", "PlainStrategy")
        .doesNotContain("PlainAccelerator");
    assertThat(report.conflicts().get(0).hint()).isEqualTo("Did you mean PlainStrategy?");
  }

  @Test
  void anUnknownOptionOfAPluginIsAConflict() {
    Planner planner = Sample.planner(Sample.worded(Family.PRECISION, "P", "8"));
    PlanReport report = plan(planner, TrainerArguments.PLUGINS, "P:lvel=1");
    assertThat(report.conflicts())
        .extracting(Conflict::message)
        .containsExactly("P has no option lvel. There are: level.");
  }

  @Test
  void anUnknownWordIsAConflictWithWhatThereIsAndTheClosest() {
    Planner planner = Sample.planner(Sample.worded(Family.STRATEGY, "S", "sharded"));
    PlanReport report = plan(planner, TrainerArguments.STRATEGY, "shraded");
    assertThat(report.conflicts())
        .containsExactly(
            new Conflict(
                List.of("strategy"),
                "There is no strategy 'shraded'. There are: sharded.",
                "Did you mean --strategy sharded?"));
  }

  @Test
  void aWordOfAnotherArgumentIsPointedThere() {
    Planner planner = Sample.planner(Sample.worded(Family.STRATEGY, "S", "sharded"));
    PlanReport report = plan(planner, TrainerArguments.ACCELERATOR, "sharded");
    assertThat(report.conflicts().get(0).hint()).isEqualTo("Did you mean --strategy sharded?");
  }

  @Test
  void aWordAndANamedPluginThatDenyEachOtherAreAConflict() {
    Planner planner =
        Sample.planner(
            Sample.worded(Family.PRECISION, "P8", "8"), Sample.worded(Family.PRECISION, "P4", "4"));
    PlanReport report =
        planner.plan(
            Arguments.none()
                .read(TrainerArguments.PRECISION, "8", "test")
                .read(TrainerArguments.PLUGINS, "P4", "test"),
            PLACE);
    assertThat(report.conflicts()).hasSize(1);
    assertThat(report.conflicts().get(0).about()).containsExactly("precision", "plugins");
  }

  @Test
  void aBrokenBundleDoesNotTakeTheOthersWithIt() {
    Sample broken =
        new Sample(
            Family.STRATEGY,
            "Broken",
            Set.of(),
            Set.of(),
            request -> {
              throw new IllegalStateException("oops");
            });
    PlanReport report = plan(Sample.planner(broken));
    assertThat(report.orThrow().choice(Family.STRATEGY).name()).isEqualTo("PlainStrategy");
    assertThat(report.warnings()).singleElement().asString().contains("Broken", "oops");
  }

  @Test
  void aClearFailureOfABundleIsAConflict() {
    Sample failing =
        new Sample(
            Family.STRATEGY,
            "Failing",
            Set.of(),
            Set.of(),
            request -> {
              throw LevinException.user("No rank file.", "Make one.");
            });
    assertThat(plan(Sample.planner(failing)).conflicts())
        .containsExactly(new Conflict(List.of(), "No rank file.", "Make one."));
  }

  @Test
  void aFamilyThatNobodyOffersIsAConflict() {
    assertThat(plan(new Planner(List.of())).conflicts())
        .extracting(Conflict::message)
        .contains("No installed bundle offers any Strategy.")
        .hasSize(Family.values().length);
  }

  @Test
  void wrongTaskCountsStandOnlyAgainstSeveralProcesses() {
    Sample environment =
        Sample.of(
            Family.CLUSTER_ENVIRONMENT, "E", Answer.fits(1, "").with(Settings.WRONG_TASKS, WRONG));
    Answer several = Answer.fits(1, "").with(Settings.SEVERAL_PROCESSES, true);
    PlanReport alone = plan(Sample.planner(environment));
    PlanReport together =
        plan(Sample.planner(environment, Sample.of(Family.STRATEGY, "S", several)));
    assertThat(alone.ok()).isTrue();
    assertThat(alone.warnings()).singleElement().asString().contains("Too many.");
    assertThat(together.conflicts()).containsExactly(WRONG);
  }

  @Test
  void aReportWithConflictsThrowsThemAllWithTheirHints() {
    PlanReport report =
        plan(Sample.planner(Sample.of(Family.PRECISION, "P", Answer.refuses(WRONG))));
    assertThatThrownBy(report::orThrow)
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("Too many.")
        .extracting(e -> ((LevinException) e).hint())
        .isEqualTo("Take one.");
  }

  private static PlanReport plan(Planner planner) {
    return planner.plan(Arguments.none(), PLACE);
  }

  private static PlanReport plan(Planner planner, Argument<?> argument, String value) {
    return planner.plan(Arguments.none().read(argument, value, "test"), PLACE);
  }
}
