package io.levin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A fit over a network that is cut ends on both sides; over one that is healed, the next goes on.
 */
class NetworkCutIT {
  @TempDir private Path folder;

  @BeforeAll
  static void networksCanBeMade() {
    assumeTrue(TwoNetworks.canBeMade(), "Network namespaces need root and the command ip.");
  }

  @Test
  void bothSidesEndAndMeetAgain() throws Exception {
    try (TwoNetworks networks = new TwoNetworks();
        Ranks ranks = new Ranks(folder)) {
      networks.connect();
      for (int rank = 0; rank < 2; rank++) {
        ranks.startOn(networks, rank, "network", folder.resolve("healed").toString());
      }
      ranks.waitFor(0, "epoch 3");
      networks.cut();
      for (int rank = 0; rank < 2; rank++) {
        ranks.waitFor(rank, "cut ");
        assertThat(ranks.values(rank, "cut"))
            .singleElement()
            .asString()
            .contains("rank " + (1 - rank) + " is gone");
      }
      networks.heal();
      Files.createFile(folder.resolve("healed"));
      ranks.succeed();
      assertThat(ranks.values(0, "weights")).isNotEmpty().isEqualTo(ranks.values(1, "weights"));
    }
  }
}
