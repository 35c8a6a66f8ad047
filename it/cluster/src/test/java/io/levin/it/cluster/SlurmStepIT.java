package io.levin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Steps of jobs, as srun starts them. */
@ExtendWith(SlurmExtension.class)
class SlurmStepIT {
  private static final String LEVIN = System.getProperty("levin.distribution") + "/bin/levin";

  @Test
  void everyTaskKnowsItsPlace(Slurm slurm) {
    String text = slurm.call("srun", "--nodes=2", "--ntasks=4", LEVIN, "env", "--json");
    for (int rank = 0; rank < 4; rank++) {
      assertThat(text).contains("\"global_rank\" : " + rank);
    }
    assertThat(text)
        .contains("\"environment\" : \"SLURMEnvironment\"", "\"main_address\" : \"127.0.0.1\"");
  }
}
