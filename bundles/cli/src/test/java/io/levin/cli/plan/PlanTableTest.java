package io.levin.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.core.planner.Planner;
import io.levin.plan.Hardware;
import io.levin.plan.PlanReport;
import io.levin.plan.Surroundings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanTableTest {
  private static final Planner PLANNER = new Planner(OffersOnClassPath.find());

  @Test
  void showsWhatWasChosenAndWhyAndWhatNotAndWhyNot() {
    String table = PlanTable.render(plan(Arguments.none()));
    assertThat(table)
        .startsWith("The plan\n")
        .containsPattern("accelerator +CPUAccelerator +no other accelerator is available\n")
        .containsPattern("strategy +SingleDeviceStrategy +there is one device\n")
        .containsPattern("checkpoint IO +TorchCheckpointIO")
        .contains("GPUAccelerator: the machine described has no GPU")
        .doesNotContain("Be warned");
  }

  @Test
  void showsWarnings() {
    assertThat(PlanTable.render(plan(Arguments.none().with(TrainerArguments.PRECISION, "16"))))
        .contains("Be warned\n  ! precision 16 becomes bf16");
  }

  @Test
  void showsEveryConflictWithWhatItIsAboutAndWhatToDo() {
    String table =
        PlanTable.render(
            plan(
                Arguments.none()
                    .with(TrainerArguments.PRECISION, "8")
                    .with(TrainerArguments.AMP_LEVEL, "O2")));
    assertThat(table)
        .startsWith("This cannot run: there are 2 conflicts.\n")
        .contains("  1. amp-level, amp-backend\n     amp-level O2 is for Apex")
        .contains("     => Leave out --amp-level, or give --amp-backend apex.\n")
        .contains("  2. precision\n");
  }

  @Test
  void staysWithinTheWidthOfATerminal() {
    for (Arguments arguments :
        List.of(Arguments.none(), Arguments.none().with(TrainerArguments.STRATEGY, "nope"))) {
      assertThat(PlanTable.render(plan(arguments)).lines()).allMatch(line -> line.length() <= 96);
    }
  }

  private static PlanReport plan(Arguments arguments) {
    return PLANNER.plan(arguments, Surroundings.of(Map.of(), "n1", Hardware.of(Map.of())));
  }
}
