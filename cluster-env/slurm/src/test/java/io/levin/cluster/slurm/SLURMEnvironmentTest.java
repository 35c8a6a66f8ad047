package io.levin.cluster.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.MisconfigurationException;
import io.levin.cluster.Problem;
import io.levin.cluster.ScheduledJob.Requeue;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SLURMEnvironmentTest {
  private static final Map<String, String> JOB =
      Map.of(
          "SLURM_NODELIST", "1.1.1.1, 1.1.1.2",
          "SLURM_JOB_ID", "0001234",
          "SLURM_JOB_NAME", "JOB",
          "SLURM_NTASKS", "20",
          "SLURM_PROCID", "1",
          "SLURM_LOCALID", "2",
          "SLURM_NODEID", "3");

  @Test
  void answersFromItsVariables() {
    SLURMEnvironment environment = new SLURMEnvironment(JOB);
    assertThat(environment.createsProcessesExternally()).isTrue();
    assertThat(environment.mainAddress()).isEqualTo("1.1.1.1");
    assertThat(environment.mainPort()).isEqualTo(16_234);
    assertThat(environment.worldSize()).isEqualTo(20);
    assertThat(environment.globalRank()).isEqualTo(1);
    assertThat(environment.localRank()).isEqualTo(2);
    assertThat(environment.nodeRank()).isEqualTo(3);
    assertThat(environment.jobId()).contains("0001234");
    assertThat(environment.jobName()).contains("JOB");
    assertThat(environment.problems()).isEmpty();
  }

  @Test
  void everythingMissingIsReportedAtOnce() {
    assertThat(new SLURMEnvironment(Map.of()).problems())
        .extracting(Problem::variable)
        .containsExactly("SLURM_NTASKS", "SLURM_PROCID", "SLURM_LOCALID", "SLURM_NODEID");
  }

  @Test
  void missingNodesAndJobLeaveTheDefaults() {
    SLURMEnvironment environment = new SLURMEnvironment(Map.of());
    assertThat(environment.mainAddress()).isEqualTo("127.0.0.1");
    assertThat(environment.mainPort()).isEqualTo(12_910);
    assertThat(environment.jobId()).isEmpty();
    assertThat(environment.requeue()).isEmpty();
  }

  @Test
  void aRunHasANameThatItKeepsOverRestarts() {
    assertThat(new SLURMEnvironment(JOB).runId()).contains("0001234");
    Map<String, String> array = Map.of("SLURM_ARRAY_JOB_ID", "77", "SLURM_ARRAY_TASK_ID", "3");
    assertThat(with(array).runId()).contains("77_3");
    assertThat(with(Map.of("SLURM_STEP_ID", "0")).runId()).contains("0001234");
    assertThat(with(Map.of("SLURM_STEP_ID", "2")).runId()).contains("0001234.2");
    assertThat(with(Map.of("SLURM_STEP_ID", "../2")).runId()).contains("0001234");
    assertThat(with(Map.of("SLURM_JOB_NAME", "bash")).runId()).isEmpty();
  }

  @Test
  void whatIsNotRequeuedHasAReason() {
    assertThat(new SLURMEnvironment(JOB, Optional.empty()).whyNotRequeued())
        .isEqualTo("auto-requeue of SLURMEnvironment is false");
    assertThat(with(Map.of("SLURM_JOB_NAME", "interactive")).whyNotRequeued())
        .contains("interactive SLURM shell");
    assertThat(with(Map.of("SLURM_JOB_ID", "123; rm")).whyNotRequeued()).contains("SLURM_JOB_ID");
  }

  @Test
  void anAddressAndAPortThatAreSetWin() {
    SLURMEnvironment environment =
        with(Map.of("MASTER_ADDR", "::1", "MASTER_PORT", "4000", "SLURM_JOB_ID", "odd"));
    assertThat(environment.mainAddress()).isEqualTo("::1");
    assertThat(environment.mainPort()).isEqualTo(4000);
  }

  @Test
  void anOddJobIdStillGivesAPort() {
    assertThat(with(Map.of("SLURM_JOB_ID", "abc")).mainPort()).isEqualTo(12_910);
    assertThat(with(Map.of("SLURM_JOB_ID", "77_12")).mainPort()).isEqualTo(15_712);
  }

  @Test
  void stepsThatRunAtOnceMeetOnDifferentPorts() {
    assertThat(with(Map.of("SLURM_STEP_ID", "0")).mainPort()).isEqualTo(16_234);
    assertThat(with(Map.of("SLURM_STEP_ID", "1")).mainPort()).isEqualTo(17_243);
    assertThat(with(Map.of("SLURM_STEP_ID", "999999999")).mainPort()).isBetween(15_000, 24_999);
  }

  @Test
  void theStepsNodesComeBeforeTheJobs() {
    assertThat(with(Map.of("SLURM_STEP_NODELIST", "n[7-8]")).mainAddress()).isEqualTo("n7");
  }

  @Test
  void aMalformedNodeListIsNamed() {
    assertThat(with(Map.of("SLURM_NODELIST", "n[1-")).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.variable()).isEqualTo("SLURM_NODELIST");
              assertThat(problem.message()).contains("n[1-").contains("expected a number");
            });
  }

  @Test
  void aShellIsInteractive() {
    assertThat(detects(Map.of("SLURM_JOB_NAME", "bash"))).isFalse();
    assertThat(detects(Map.of("SLURM_JOB_NAME", "interactive"))).isFalse();
    assertThat(detects(Map.of("SLURM_PTY_PORT", "4", "SLURM_STEP_NUM_TASKS", "1"))).isFalse();
    assertThat(detects(Map.of("SLURM_PTY_PORT", "4", "SLURM_STEP_NUM_TASKS", "2"))).isTrue();
    assertThat(detects(Map.of())).isTrue();
  }

  @Test
  void aTaskOfAnArrayIsRequeuedAlone() {
    Map<String, String> array = Map.of("SLURM_ARRAY_JOB_ID", "77", "SLURM_ARRAY_TASK_ID", "3");
    assertThat(with(array).requeue())
        .contains(new Requeue("SIGUSR1", List.of("scontrol", "requeue", "77_3")));
  }

  @Test
  void onlyAWholeNumberIsAJobThatCanBeRequeued() {
    assertThat(with(Map.of("SLURM_JOB_ID", "123; rm")).requeue()).isEmpty();
    assertThat(new SLURMEnvironment(JOB, Optional.empty()).requeue()).isEmpty();
  }

  @Test
  void anotherNumberOfTasksIsAProblemWithTheCommandThatMendsIt() {
    assertThat(with(Map.of()).validateSettings(4, 2))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message())
                  .isEqualTo("SLURM_NTASKS is 20, but 4 devices on 2 nodes make 8 processes.");
              assertThat(problem.hint())
                  .isEqualTo(
                      "Start it with srun --nodes=2 --ntasks-per-node=4, or give --devices 10.");
            });
    assertThat(with(Map.of()).validateSettings(10, 2)).isEmpty();
  }

  @Test
  void anotherNumberOfNodesIsAProblem() {
    assertThat(with(Map.of("SLURM_NNODES", "5")).validateSettings(10, 2))
        .extracting(Problem::variable)
        .containsExactly("SLURM_NNODES");
    assertThat(
            with(Map.of("SLURM_NNODES", "x", "SLURM_NTASKS_PER_NODE", "-")).validateSettings(10, 2))
        .extracting(Problem::variable)
        .containsExactly("SLURM_NNODES", "SLURM_NTASKS_PER_NODE");
  }

  @Test
  void aScriptThatForgotSrunIsWarned() {
    assertThat(with(Map.of("SLURM_PROCID", "0")).warnings(10, 2))
        .singleElement()
        .asString()
        .contains("srun");
    assertThat(with(Map.of("SLURM_PROCID", "0", "SLURM_STEP_ID", "0")).warnings(10, 2)).isEmpty();
  }

  @Test
  void itsOptionsAreReadStrictly() {
    SLURMEnvironmentOffer offer = new SLURMEnvironmentOffer();
    Surroundings here = Surroundings.of(JOB, "n1", Hardware.of(Map.of()));
    assertThat(
            ((SLURMEnvironment) offer.environment(here, Map.of("requeue-signal", "sigusr2")))
                .requeue())
        .map(Requeue::signal)
        .contains("SIGUSR2");
    assertThat(
            ((SLURMEnvironment) offer.environment(here, Map.of("auto-requeue", "false"))).requeue())
        .isEmpty();
    assertThatThrownBy(() -> offer.environment(here, Map.of("auto-requeue", "no")))
        .isInstanceOf(MisconfigurationException.class);
    assertThatThrownBy(() -> offer.environment(here, Map.of("requeue-signal", "SIGKILL")))
        .isInstanceOf(MisconfigurationException.class);
  }

  private static boolean detects(Map<String, String> more) {
    return new SLURMEnvironmentOffer()
        .detect(Surroundings.of(variables(more), "n1", Hardware.of(Map.of())))
        .found();
  }

  private static SLURMEnvironment with(Map<String, String> more) {
    return new SLURMEnvironment(variables(more));
  }

  private static Map<String, String> variables(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(JOB);
    variables.putAll(more);
    return variables;
  }
}
