package io.levin.cluster.gloo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranks in processes of their own do every collective, and each checks its results. */
class CollectivesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void everyRankGetsTheRightResult(int size) throws IOException, InterruptedException {
    try (Processes ranks = new Processes(folder).start("collectives", size)) {
      ranks.succeed();
      for (int rank = 0; rank < size; rank++) {
        assertThat(ranks.said(rank)).contains("all good");
      }
    }
  }

  @Test
  void groupsAreMadeAndClosedManyTimesWithoutLeaks() throws IOException, InterruptedException {
    try (Processes ranks = new Processes(folder).start("again", 2)) {
      ranks.succeed();
      assertThat(ranks.said(0)).contains("all good");
    }
  }
}
