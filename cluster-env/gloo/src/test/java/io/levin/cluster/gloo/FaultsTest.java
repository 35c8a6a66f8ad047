package io.levin.cluster.gloo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault ends on every rank, with a reason; none waits for ever, none ends the process. */
class FaultsTest {
  @TempDir private Path folder;
  private Processes ranks;

  @BeforeEach
  void open() throws IOException {
    ranks = new Processes(folder);
  }

  @AfterEach
  void close() throws InterruptedException {
    ranks.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aRankKilledInAnAllReduceIsNamedByTheOther(int killed)
      throws IOException, InterruptedException {
    ranks.start("reduce", 2);
    kill(killed);
    assertThat(ranks.failure(1 - killed))
        .startsWith(
            "FAILURE RESOURCE [%d] Rank %d, all-reduce: rank %d is gone"
                .formatted(killed, 1 - killed, killed))
        .contains("meet again, with the next generation");
  }

  @Test
  void ofFourRanksTheKilledOneIsNamedByAllAndTheOthersMeetAgain()
      throws IOException, InterruptedException {
    ranks.start("meet-again", 4);
    kill(2);
    for (int rank : new int[] {0, 1, 3}) {
      assertThat(ranks.end(rank)).as(ranks.said(rank)).isZero();
      assertThat(ranks.said(rank))
          .contains("FAILURE RESOURCE [2] Rank %d, all-reduce: rank 2 is gone".formatted(rank))
          .contains("all good");
    }
  }

  @Test
  void aRankThatHangsIsNamedWithinTheTimeout() throws IOException, InterruptedException {
    ranks.start("hang", 3);
    for (int rank : new int[] {0, 2}) {
      assertThat(ranks.failure(rank))
          .startsWith(
              "FAILURE RESOURCE [1] Rank %d, all-reduce: rank 1 is gone, or not in this call"
                  .formatted(rank));
    }
    assertThat(ranks.process(1).isAlive()).isTrue();
  }

  /** A process that is stopped answers nothing, though its machine does. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aRankThatIsFrozenIsNamedWithinTheTimeout(int frozen)
      throws IOException, InterruptedException {
    ranks.start("reduce-briefly", 2);
    ranks.waitFor(0, "reducing");
    ranks.waitFor(1, "reducing");
    long pid = ranks.process(frozen).pid();
    assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor()).isZero();
    assertThat(ranks.failure(1 - frozen))
        .startsWith(
            "FAILURE RESOURCE [%d] Rank %d, all-reduce: rank %d is gone"
                .formatted(frozen, 1 - frozen, frozen));
  }

  @Test
  void aPortThatIsTakenIsSaidByAllRanks() throws IOException, InterruptedException {
    try (ServerSocket other = new ServerSocket(ranks.port(), 9, InetAddress.getLoopbackAddress())) {
      assertThat(other.isBound()).isTrue();
      ranks.start("join", 2);
      assertThat(ranks.failure(0))
          .contains("Rank 0, join: Port %d of 127.0.0.1 is taken".formatted(ranks.port()));
      assertThat(ranks.failure(1)).contains("Rank 1, join: ").contains("" + ranks.port());
    }
  }

  @Test
  void anotherWorldSizeIsSaidByAllRanks() throws IOException, InterruptedException {
    ranks.startOne("join", 0, 2);
    ranks.startOne("join", 1, 3);
    for (int rank = 0; rank < 2; rank++) {
      assertThat(ranks.failure(rank))
          .startsWith("FAILURE ENVIRONMENT [1] Rank %d, join: ".formatted(rank))
          .contains("Rank 0 was started as one of 2 processes, and rank 1 as one of 3.");
    }
  }

  @Test
  void aRankThatIsThereTwiceIsNamed() throws IOException, InterruptedException {
    ranks.startOne("join", 0, 3);
    ranks.startOne("join", 1, 3);
    ranks.startOne("join", 1, 3);
    assertThat(ranks.failure(0))
        .contains("[2] Rank 0, join: Rank 2 did not come within 3 s;")
        .contains("2 processes came as rank 1.");
    String[] twins = {ranks.failure(1), ranks.failure(2)};
    assertThat(twins).anyMatch(line -> line.contains("Another process came as rank 1 before."));
    assertThat(twins).anyMatch(line -> line.contains("2 processes came as rank 1."));
  }

  @Test
  void aSecondRankZeroFindsThePortTaken() throws IOException, InterruptedException {
    ranks.startOne("join-and-wait", 0, 2);
    while (isFree(ranks.port())) {
      Thread.sleep(20);
    }
    ranks.startOne("join", 0, 2);
    assertThat(ranks.failure(1)).contains("is taken: by another program, or by a second process");
    ranks.startOne("join-and-wait", 1, 2); // the first one is not disturbed
    assertThat(ranks.end(0)).as(ranks.said(0)).isZero();
  }

  @Test
  void aMainProcessThatIsMissingIsSaid() throws IOException, InterruptedException {
    ranks.startOne("join", 1, 2);
    assertThat(ranks.failure(0))
        .contains(
            "[0] Rank 1, join: No main process: nothing listened at port %d of 127.0.0.1 within 3 s."
                .formatted(ranks.port()));
  }

  @Test
  void aRankThatIsMissingIsNamedByAll() throws IOException, InterruptedException {
    ranks.startOne("join", 0, 3);
    ranks.startOne("join", 2, 3);
    for (int number = 0; number < 2; number++) {
      assertThat(ranks.failure(number)).contains("[1]", "Rank 1 did not come within 3 s.");
    }
  }

  @Test
  void aProcessOfAnOldGenerationIsTurnedAway() throws IOException, InterruptedException {
    ranks.startOne("new", 0, 2);
    ranks.startOne("old", 1, 2);
    assertThat(ranks.failure(1)).contains("Rank 0 is of generation 2, and this process is of 1.");
    assertThat(ranks.failure(0)).contains("a rank 1 of generation 1 was here");
  }

  @Test
  void arraysThatDifferAreRefusedOnAllRanksAndTheGroupGoesOn()
      throws IOException, InterruptedException {
    ranks.start("shapes", 3).succeed();
    for (int rank = 0; rank < 3; rank++) {
      assertThat(ranks.said(rank))
          .contains(
              "FAILURE USER [1] Rank %d, all-reduce: the ranks make different calls; ranks 0 and 2: all-reduce sum of float32(4, 2); rank 1: all-reduce sum of float32(8, 2)."
                  .formatted(rank))
          .contains("ranks 0 and 2: broadcast from rank 0 of float32(6); rank 1: broadcast")
          .contains("all good");
    }
  }

  @Test
  void callsThatAreCrossedEndWithoutAMessageInTheWrongArray()
      throws IOException, InterruptedException {
    ranks.start("crossed", 2);
    assertThat(ranks.failure(0))
        .contains(
            "this one is in all-reduce sum of float32(4); rank 1 is in all-reduce sum of float32(1048576)");
    assertThat(ranks.failure(1))
        .contains(
            "this one is in all-reduce sum of float32(1048576); rank 0 is in all-reduce sum of float32(4)");
  }

  private void kill(int rank) throws IOException, InterruptedException {
    ranks.waitFor(0, "reducing");
    ranks.waitFor(1, "reducing");
    ranks.process(rank).destroyForcibly();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
