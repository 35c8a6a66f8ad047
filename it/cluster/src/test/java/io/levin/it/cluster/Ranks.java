package io.levin.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Processes of a test, each with a file for what it says; none outlives the test. */
final class Ranks implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 240;

  private final Path folder;
  private final int port;
  private final List<Process> processes = new ArrayList<>();

  Ranks(Path folder) throws IOException {
    this.folder = folder;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.port = socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  /** All ranks of a scenario of {@link Rank}, each a Java of its own. */
  Ranks start(String scenario, int size, String... arguments) throws IOException {
    for (int rank = 0; rank < size; rank++) {
      startOne(scenario, rank, size, arguments);
    }
    return this;
  }

  /** One rank, started by hand, as a scheduler would. */
  void startOne(String scenario, int rank, int size, String... arguments) throws IOException {
    start(java(scenario, size, arguments), variables(rank, "127.0.0.1"));
  }

  /** One of two ranks, on a machine of its own. */
  void startOn(TwoNetworks networks, int rank, String scenario, String... arguments)
      throws IOException {
    start(
        networks.on(rank, java(scenario, 2, arguments)),
        variables(rank, TwoNetworks.FIRST_ADDRESS));
  }

  private Map<String, String> variables(int rank, String address) {
    return Map.of(
        "LOCAL_RANK", Integer.toString(rank),
        "MASTER_ADDR", address,
        "MASTER_PORT", Integer.toString(port));
  }

  private List<String> java(String scenario, int size, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-Dlevin.golden=" + System.getProperty("levin.golden"),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.levin.it.cluster.Rank",
                folder.toString(),
                scenario,
                Integer.toString(size)));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The distribution's own command. */
  Process levin(Map<String, String> variables, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("levin.distribution") + "/bin/levin");
    command.addAll(List.of(arguments));
    command.addAll(List.of("--default-root-dir", folder.toString()));
    return start(command, variables);
  }

  private Process start(List<String> command, Map<String, String> variables) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out(processes.size()).toFile());
    builder.environment().putAll(variables);
    builder.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Xmx256m");
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  String said(int number) throws IOException {
    return Files.readString(out(number));
  }

  private Path out(int number) {
    return folder.resolve("out" + number);
  }

  Process process(int number) {
    return processes.get(number);
  }

  /** Waits until a process has said this. */
  void waitFor(int number, String words) throws IOException, InterruptedException {
    for (long i = 0; i < PATIENCE_SECONDS * 20; i++) {
      if (said(number).contains(words)) {
        return;
      }
      assertThat(processes.get(number).isAlive()).as(said(number)).isTrue();
      Thread.sleep(50);
    }
    throw new AssertionError("It never said '" + words + "': " + said(number));
  }

  /** Waits for the end of a process, which must come; gives its exit code. */
  int end(int number) throws IOException, InterruptedException {
    boolean ended = processes.get(number).waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(ended).as("process %d ends: %s", number, said(number)).isTrue();
    return processes.get(number).exitValue();
  }

  /** Waits for the end of them all, which must be a good one. */
  void succeed() throws IOException, InterruptedException {
    for (long i = 0; i < PATIENCE_SECONDS * 20 && !isDecided(); i++) {
      Thread.sleep(50);
    }
    boolean good = true;
    StringBuilder everything = new StringBuilder();
    for (int i = 0; i < processes.size(); i++) {
      good &= !processes.get(i).isAlive() && processes.get(i).exitValue() == 0;
      everything.append("--- ").append(i).append('\n').append(said(i));
    }
    assertThat(good).as(everything.toString()).isTrue();
  }

  /** Whether all have ended, or one has failed: the others may wait for it for long. */
  private boolean isDecided() {
    return processes.stream().noneMatch(Process::isAlive)
        || processes.stream().anyMatch(p -> !p.isAlive() && p.exitValue() != 0);
  }

  /** What a rank's lines that begin with a key say behind it. */
  List<String> values(int number, String key) throws IOException {
    return said(number)
        .lines()
        .filter(line -> line.startsWith(key + " "))
        .map(line -> line.substring(key.length() + 1))
        .toList();
  }

  @Override
  public void close() throws InterruptedException {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }
}
