package io.levin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code levin fit --devices 2} starts the other process; whatever happens, both end. */
class LaunchIT {
  private static final String[] FIT = {
    "fit",
    "class-names",
    "--devices",
    "2",
    "--accelerator",
    "cpu",
    "--strategy",
    "ddp",
    "--seed",
    "1"
  };
  private static final String EPOCH = "epoch 1/";

  @TempDir private Path folder;

  private static String[] fit(String... more) {
    return Stream.concat(Stream.of(FIT), Stream.of(more)).toArray(String[]::new);
  }

  /** The process that was started by another one of ours. */
  private static ProcessHandle child(Process parent) {
    return parent.children().findFirst().orElseThrow();
  }

  private static void isGone(ProcessHandle process) throws Exception {
    Optional<ProcessHandle> ended =
        Optional.of(process.onExit().get(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS));
    assertThat(ended.get().isAlive()).isFalse();
  }

  private List<Path> find(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  @Test
  void trainsInTwoProcessesOfWhichOneKeepsFilesAndSpeaks() throws Exception {
    try (Ranks ranks = new Ranks(folder)) {
      ranks.levin(Map.of(), fit("--max-epochs", "1", "--limit-train-batches", "6"));
      assertThat(ranks.end(0)).as(ranks.said(0)).isZero();
      assertThat(ranks.said(0)).contains("Right: ", "Kept: ").doesNotContain("[rank 1]");
      assertThat(find("summary.json")).hasSize(1);
      assertThat(find(".ckpt")).hasSize(1);
    }
  }

  @Test
  void aRankThatIsKilledEndsAllAndIsNamed() throws Exception {
    try (Ranks ranks = new Ranks(folder)) {
      Process parent = ranks.levin(Map.of(), fit("--max-epochs", "1000"));
      ranks.waitFor(0, EPOCH);
      child(parent).destroyForcibly();
      assertThat(ranks.end(0)).as(ranks.said(0)).isEqualTo(137);
      assertThat(ranks.said(0))
          .contains("rank 1 is gone")
          .endsWith("levin: Rank 1 was ended first, by signal 9.\n");
    }
  }

  @Test
  void aRankThatHangsIsEndedByForce() throws Exception {
    try (Ranks ranks = new Ranks(folder)) {
      Process parent =
          ranks.levin(Map.of(), fit("--max-epochs", "1000", "--plugins", "DDPStrategy:timeout=20"));
      ranks.waitFor(0, EPOCH);
      ProcessHandle child = child(parent);
      new ProcessBuilder("kill", "-STOP", Long.toString(child.pid())).start().waitFor();
      assertThat(ranks.end(0)).as(ranks.said(0)).isEqualTo(1);
      assertThat(ranks.said(0))
          .contains("rank 1 is gone, or not in this call")
          .contains("Rank 1 does not end; it is ended by force.");
      isGone(child);
    }
  }

  @Test
  void killingTheFirstProcessLeavesNoOrphan() throws Exception {
    try (Ranks ranks = new Ranks(folder)) {
      Process parent = ranks.levin(Map.of(), fit("--max-epochs", "1000"));
      ranks.waitFor(0, EPOCH);
      ProcessHandle child = child(parent);
      parent.destroyForcibly();
      isGone(child);
    }
  }

  @Test
  void askedToEndAllStopAtOneStepAndKeepOneCheckpoint() throws Exception {
    try (Ranks ranks = new Ranks(folder)) {
      Process parent =
          ranks.levin(Map.of(), fit("--max-epochs", "1000", "--check-val-every-n-epoch", "1000"));
      ranks.waitFor(0, EPOCH);
      ProcessHandle child = child(parent);
      parent.destroy();
      assertThat(ranks.end(0)).as(ranks.said(0)).isEqualTo(143);
      assertThat(ranks.said(0))
          .contains("levin: Stopped after", "signal TERM")
          .doesNotContain("first");
      isGone(child);
      assertThat(find(".ckpt")).hasSize(1);
    }
  }

  @Test
  void aPortThatIsTakenIsSaidAtOnce() throws Exception {
    try (Ranks ranks = new Ranks(folder);
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      ranks.levin(Map.of("MASTER_PORT", port), fit("--plugins", "DDPStrategy:timeout=30"));
      assertThat(ranks.end(0)).as(ranks.said(0)).isEqualTo(1);
      assertThat(ranks.said(0)).contains("Port " + port + " of 127.0.0.1 is taken");
    }
  }
}
