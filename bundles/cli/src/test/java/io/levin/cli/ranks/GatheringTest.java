package io.levin.cli.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.LevinException;
import io.levin.cli.env.EnvReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ranks as threads, over loopback. */
class GatheringTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  private int port;

  @BeforeEach
  void findPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
  }

  private EnvReport place(int rank, int worldSize) {
    Map<String, Object> answers =
        Map.of(
            "creates_processes_externally", true,
            "world_size", worldSize,
            "global_rank", rank,
            "local_rank", rank,
            "node_rank", 0,
            "main_address", "127.0.0.1",
            "main_port", port);
    return new EnvReport("SLURMEnvironment", "", answers, List.of(), List.of());
  }

  private CompletableFuture<Void> say(int rank, int worldSize, String java) {
    return CompletableFuture.runAsync(
        () -> assertThat(Gathering.of(place(rank, worldSize), facts(rank, java), LONG)).isEmpty());
  }

  private static Map<String, String> facts(int rank, String java) {
    return Map.of("Java", java, RanksReport.HOST, "node" + rank, RanksReport.PROCESS, "1");
  }

  private RanksReport hear(int worldSize, Duration limit) {
    return Gathering.of(place(0, worldSize), facts(0, "17"), limit).orElseThrow();
  }

  @Test
  void rankZeroHearsAll() {
    CompletableFuture<Void> others =
        CompletableFuture.allOf(say(1, 3, "17"), say(2, 3, "17")); // before rank 0 listens
    RanksReport report = hear(3, LONG);
    others.join();
    assertThat(report.problems()).isEmpty();
    assertThat(report.ranks()).extracting(Rank::number).containsExactly(0, 1, 2);
    assertThat(report.ranks()).allSatisfy(rank -> assertThat(rank.isOff(500)).isFalse());
    assertThat(RanksTable.render(report))
        .contains("Of 3 ranks, 3 came", "node2", "Java", "SLURMEnvironment");
  }

  @Test
  void aDifferenceNamesTheRanksOnEachSide() {
    CompletableFuture<Void> others = CompletableFuture.allOf(say(1, 3, "21"), say(2, 3, "17"));
    RanksReport report = hear(3, LONG);
    others.join();
    assertThat(report.ok()).isFalse();
    assertThat(report.problems())
        .containsExactly("Ranks differ in Java: 17 on ranks 0, 2; 21 on rank 1.");
  }

  @Test
  void aRankThatDoesNotComeIsNamedAndNotWaitedForForever() {
    RanksReport report = hear(2, Duration.ofMillis(300));
    assertThat(report.missing()).containsExactly(1);
    assertThat(report.problems()).singleElement().asString().startsWith("Rank 1 did not come");
  }

  @Test
  void twoOfTheSameRankAndStrangersAreToldApart() throws IOException {
    CompletableFuture<Void> twins = CompletableFuture.allOf(say(1, 3, "17"), say(1, 3, "17"));
    CompletableFuture<RanksReport> report =
        CompletableFuture.supplyAsync(() -> hear(3, Duration.ofSeconds(10)));
    twins.join();
    try (Socket stranger = new Socket()) {
      stranger.connect(new InetSocketAddress("127.0.0.1", port));
      stranger.getOutputStream().write("GET / HTTP/1.1\n".getBytes(StandardCharsets.US_ASCII));
    }
    say(2, 3, "17").join();
    assertThat(report.join().problems())
        .anyMatch(problem -> problem.startsWith("Two processes say that they are rank 1"))
        .anyMatch(problem -> problem.contains("it speaks something else"));
  }

  @Test
  void aRankThatCannotReachRankZeroSaysWhere() {
    assertThatThrownBy(() -> Gathering.of(place(1, 2), Map.of(), Duration.ofMillis(300)))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("Rank 1 cannot reach rank 0 at 127.0.0.1:" + port);
  }

  @Test
  void aClockThatIsOffIsNamed() {
    Rank zero = Rank.zero(facts(0, "17"));
    Rank late = new Rank(1, facts(1, "17"), -90_000, 1);
    RanksReport report = new RanksReport(2, List.of(zero, late), List.of(), LONG);
    assertThat(report.problems())
        .containsExactly(
            "The clock of rank 1 on node1 is 90.0 s behind rank 0's. Let both follow a time"
                + " server.");
  }

  @Test
  void oneProcessHasNobodyToAsk() {
    assertThat(Gathering.isOneOfSeveral(place(0, 1))).isFalse();
    assertThat(Gathering.isOneOfSeveral(place(0, 2))).isTrue();
  }
}
