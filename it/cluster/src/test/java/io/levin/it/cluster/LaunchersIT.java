package io.levin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * One fit of two processes, started by each launcher: whoever starts them, the same bits come of
 * it.
 */
class LaunchersIT {
  private static final String LEVIN = SlurmJob.LEVIN;
  private static final List<String> FIT =
      List.of(
          LEVIN,
          "fit",
          "class-names",
          "--seed=5",
          "--max-epochs=2",
          "--limit-train-batches=6",
          "--limit-val-batches=2",
          "--strategy=ddp");

  @TempDir static Path reference;

  @TempDir Path folder;

  @BeforeAll
  static void levinItselfStartsTwo() {
    Command.Outcome outcome = new Command(reference, fit("--devices=2")).run();
    assertThat(outcome.code()).as(outcome.text()).isZero();
  }

  private static List<String> fit(String... more) {
    return Stream.concat(FIT.stream(), Arrays.stream(more)).toList();
  }

  private static Path kept(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".ckpt")).findFirst().orElseThrow();
    }
  }

  private void assertSameAsByLevin() throws IOException {
    assertThat(Bits.differences(kept(reference), kept(folder))).isEmpty();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void needs(String program) {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin", program)), "no " + program + " here");
  }

  private Command.Outcome run(String... launcher) {
    List<String> command = new ArrayList<>(List.of(launcher));
    command.addAll(fit("--devices=2"));
    return new Command(folder, command).run();
  }

  @Test
  void torchrun() throws IOException {
    needs("torchrun");
    Command.Outcome outcome =
        run(
            "torchrun",
            "--nproc_per_node=2",
            "--master_port=" + freePort(),
            // Both of this torchrun's defaults fail on Python 3.11.
            "-r",
            "1",
            "-t",
            "1",
            "--log_dir=" + folder.resolve("log"),
            "--no_python");
    assertThat(outcome.code()).as(outcome.text()).isZero();
    assertSameAsByLevin();
  }

  @Test
  void mpirun() throws IOException {
    needs("mpirun");
    Command.Outcome outcome = run("mpirun", "--allow-run-as-root", "--oversubscribe", "-n", "2");
    assertThat(outcome.code()).as(outcome.text()).isZero();
    assertSameAsByLevin();
  }

  /** Starts two processes with their own variables, as a scheduler on their nodes would. */
  private void both(List<Map<String, String>> variables, String... more) throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int rank = 0; rank < variables.size(); rank++) {
      processes.add(
          new Command(folder, fit(more))
              .with(variables.get(rank))
              .start(folder.resolve("rank-%d.txt".formatted(rank))));
    }
    try {
      for (int rank = 0; rank < processes.size(); rank++) {
        boolean ended = processes.get(rank).waitFor(5, TimeUnit.MINUTES);
        String said = Files.readString(folder.resolve("rank-%d.txt".formatted(rank)));
        assertThat(ended).as(said).isTrue();
        assertThat(processes.get(rank).exitValue()).as(said).isZero();
      }
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  /** As jsrun leaves it: the launch node first, then a line for every slot. */
  @Test
  void lsf() throws Exception {
    String host = InetAddress.getLocalHost().getHostName();
    Path rankFile = folder.resolve("rankfile");
    Files.write(rankFile, List.of("batch5", host, host));
    List<Map<String, String>> variables = new ArrayList<>();
    for (int rank = 0; rank < 2; rank++) {
      variables.add(
          Map.of(
              "LSB_JOBID", "4711",
              "LSB_DJOB_RANKFILE", rankFile.toString(),
              "JSM_NAMESPACE_SIZE", "2",
              "JSM_NAMESPACE_RANK", Integer.toString(rank),
              "JSM_NAMESPACE_LOCAL_RANK", Integer.toString(rank),
              "MASTER_PORT", Integer.toString(freePortOf(variables))));
    }
    both(variables, "--devices=2");
    assertSameAsByLevin();
  }

  /** As a PyTorchJob's pods have it, of one master and one worker, each with one process. */
  @Test
  void kubeflow() throws Exception {
    List<Map<String, String>> variables = new ArrayList<>();
    for (int rank = 0; rank < 2; rank++) {
      variables.add(
          Map.of(
              "KUBERNETES_PORT", "tcp://10.96.0.1:443",
              "KUBERNETES_SERVICE_HOST", "10.96.0.1",
              // The worker would have the name of the master's service, which only a cluster knows.
              "MASTER_ADDR", rank == 0 ? "localhost" : "127.0.0.1",
              "MASTER_PORT", Integer.toString(freePortOf(variables)),
              "PYTHONUNBUFFERED", "0",
              "WORLD_SIZE", "2",
              "RANK", Integer.toString(rank)));
    }
    both(variables, "--devices=1", "--num-nodes=2");
    assertSameAsByLevin();
  }

  /** The same port for all ranks. */
  private static int freePortOf(List<Map<String, String>> ranks) throws IOException {
    return ranks.isEmpty() ? freePort() : Integer.parseInt(ranks.get(0).get("MASTER_PORT"));
  }

  @Nested
  @ExtendWith(SlurmExtension.class)
  class OnSlurm {
    @Test
    void srun(Slurm slurm) throws IOException {
      List<String> command =
          new ArrayList<>(
              List.of("srun", "--nodes=1", "--ntasks=2", "--chdir=" + folder, "--job-name=two"));
      command.addAll(fit("--devices=2"));
      slurm.call(command.toArray(String[]::new));
      assertSameAsByLevin();
    }

    @Test
    void fourTasksOnTwoNodesAreOneRun(Slurm slurm) throws IOException {
      List<String> command =
          new ArrayList<>(List.of("srun", "--nodes=2", "--ntasks-per-node=2", "--chdir=" + folder));
      command.addAll(fit("--devices=2", "--num-nodes=2"));
      String said = slurm.call(command.toArray(String[]::new));
      assertThat(said).containsOnlyOnce("epoch 2/2").containsOnlyOnce("Right:");
      try (Stream<Path> runs = Files.list(folder.resolve("levin_runs"))) {
        assertThat(runs).singleElement().asString().contains("job_");
      }
    }
  }
}
