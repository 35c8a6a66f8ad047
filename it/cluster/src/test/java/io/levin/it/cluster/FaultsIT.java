package io.levin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ranks do differently, or one alone does wrong, ends a fit on all of them, with a reason. */
class FaultsIT {
  @TempDir private Path folder;

  private void failsWith(String scenario, String arguments, String zero, String one)
      throws Exception {
    try (Ranks ranks =
        arguments.isEmpty()
            ? new Ranks(folder).start(scenario, 2)
            : new Ranks(folder).start(scenario, 2, arguments)) {
      assertThat(ranks.end(0)).as(ranks.said(0)).isEqualTo(Rank.FAILED);
      assertThat(ranks.end(1)).as(ranks.said(1)).isEqualTo(Rank.FAILED);
      assertThat(ranks.values(0, "FAILURE")).singleElement().asString().contains(zero);
      assertThat(ranks.values(1, "FAILURE")).singleElement().asString().contains(one);
    }
  }

  @Test
  void differentModels() throws Exception {
    String why =
        "the ranks do not train the same: rank 0 has parameter 01Linear.weight of float32(8, 6),"
            + " and rank 1 has parameter 01Linear.weight of float32(9, 6).";
    failsWith("models", "", why, why);
  }

  @Test
  void differentLengthsOfData() throws Exception {
    String why = "rank 0 has 100 training samples, and rank 1 has 101 training samples.";
    failsWith("data", "", why, why);
  }

  @Test
  void aRankThatThrows() throws Exception {
    failsWith("throws", "", "rank 1 is gone", "the data of this rank is broken");
  }

  @Test
  void aParameterThatOnlySomeRanksUse() throws Exception {
    String why =
        "01Linear.bias, 03Linear.weight, 03Linear.bias are used by the step of some ranks, and not of";
    failsWith("unused", "ddp_find_unused_parameters_false", why, why);
  }

  @Test
  void manyFitsLeaveNoThreadsOrFilesBehind() throws Exception {
    String times = System.getProperty("levin.fits", "8");
    try (Ranks ranks = new Ranks(folder).start("again", 2, times)) {
      ranks.succeed();
      for (int rank = 0; rank < 2; rank++) {
        Usage before = Usage.parse(ranks.values(rank, "before").get(0));
        Usage after = Usage.parse(ranks.values(rank, "after").get(0));
        // The JVM's own threads come and go; a leak would have been one for each fit
        assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + 2);
        assertThat(after.files()).isLessThanOrEqualTo(before.files() + 2);
      }
    }
  }
}
