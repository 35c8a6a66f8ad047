package io.levin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tasks of one step say of themselves, together. */
@ExtendWith(SlurmExtension.class)
class SlurmRanksIT {
  private static final String LEVIN = SlurmJob.LEVIN;

  @Test
  void envIsOneReportOfAllTasks(Slurm slurm) {
    String text =
        slurm.call("srun", "--nodes=2", "--ntasks-per-node=2", LEVIN, "env", "--timeout=300");
    assertThat(text)
        .containsOnlyOnce("SLURMEnvironment: ")
        .contains("Of 4 ranks, 4 came", "node 1, local rank 1")
        .doesNotContain("!");
  }

  @Test
  void doctorIsOneReportOfAllTasks(Slurm slurm) {
    String text = slurm.call("srun", "--nodes=2", "--ntasks=2", LEVIN, "doctor", "--timeout=300");
    assertThat(text)
        .containsOnlyOnce("Accelerators")
        .contains("Of 2 ranks, 2 came", "They agree on:")
        .containsPattern("libtorch +2[.]7[.]1");
  }

  /** A job's script that forgot srun: its one process waits for the other three, but not long. */
  @Test
  void ranksThatWereNotStartedAreNamed(Slurm slurm) {
    Command.Outcome outcome =
        slurm
            .command(LEVIN, "env", "--timeout=1")
            .with("SLURM_NTASKS", "4")
            .with("SLURM_PROCID", "0")
            .with("SLURM_LOCALID", "0")
            .with("SLURM_NODEID", "0")
            .with("SLURM_JOB_ID", "4711")
            .run();
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.text()).contains("Ranks 1, 2, 3 did not come within 1 s");
  }
}
