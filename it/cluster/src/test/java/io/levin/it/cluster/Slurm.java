package io.levin.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A SLURM of two nodes on this machine: its own daemons, on loopback, out of one folder. */
final class Slurm implements AutoCloseable {
  private static final List<String> NODES = List.of("127.0.0.1", "127.0.0.2");

  private final Path folder;
  private final List<Process> daemons = new ArrayList<>();
  private final Thread lastResort = new Thread(this::end);

  private Slurm(Path folder) {
    this.folder = folder;
  }

  /** Starts the daemons and waits until both nodes are idle. */
  static Slurm start(Path folder) throws IOException, InterruptedException {
    Slurm slurm = new Slurm(folder);
    Runtime.getRuntime().addShutdownHook(slurm.lastResort);
    try {
      slurm.configure();
      slurm.startDaemons();
    } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
      slurm.close();
      throw e;
    }
    return slurm;
  }

  private void configure() throws IOException {
    byte[] key = new byte[1024];
    new SecureRandom().nextBytes(key);
    Path file =
        Files.createFile(
            folder.resolve("munge.key"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, key);
    Files.createDirectories(folder.resolve("state"));
    for (String node : NODES) {
      Files.createDirectories(folder.resolve("spool-" + node));
    }
    try (InputStream in = Slurm.class.getResourceAsStream("/slurm.conf");
        ServerSocket a = new ServerSocket(0);
        ServerSocket b = new ServerSocket(0);
        ServerSocket c = new ServerSocket(0)) {
      String text =
          new String(in.readAllBytes(), UTF_8)
              .replace("@HOST@", new String(hostName(), UTF_8).strip())
              .replace("@USER@", System.getProperty("user.name"))
              .replace("@DIR@", folder.toString())
              .replace("@PORT0@", Integer.toString(a.getLocalPort()))
              .replace("@PORT1@", Integer.toString(b.getLocalPort()))
              .replace("@PORT2@", Integer.toString(c.getLocalPort()));
      Files.writeString(folder.resolve("slurm.conf"), text);
    }
  }

  private static byte[] hostName() throws IOException {
    return Files.readAllBytes(Path.of("/proc/sys/kernel/hostname"));
  }

  private void startDaemons() throws InterruptedException, IOException {
    daemon(
        "munged",
        "munged",
        "--foreground",
        "--force",
        "--socket=" + folder.resolve("munge.socket"),
        "--key-file=" + folder.resolve("munge.key"),
        "--seed-file=" + folder.resolve("munge.seed"),
        "--pid-file=" + folder.resolve("munged.pid"),
        "--log-file=" + folder.resolve("munged.log"));
    until("munged listens", () -> Files.exists(folder.resolve("munge.socket")));
    daemon("slurmctld", "slurmctld", "-D", "-i");
    for (String node : NODES) {
      daemon("slurmd-" + node, "slurmd", "-D", "-N", node);
    }
    until(
        "both nodes are idle",
        () -> command("sinfo", "-h", "-N", "-o", "%T").run().text().equals("idle\nidle\n"));
  }

  private void daemon(String name, String... words) {
    daemons.add(command(words).start(folder.resolve(name + ".out")));
  }

  /** Variables with which SLURM's programs find this one. */
  Map<String, String> environment() {
    return Map.of(
        "SLURM_CONF",
        folder.resolve("slurm.conf").toString(),
        "PATH",
        System.getenv("PATH") + ":/usr/sbin:/sbin");
  }

  Command command(String... words) {
    return new Command(folder, List.of(words)).with(environment());
  }

  /** What a program says that has to succeed. */
  String call(String... words) {
    Command.Outcome outcome = command(words).run();
    if (outcome.code() != 0) {
      throw new AssertionError("%s: %s".formatted(List.of(words), outcome.text()));
    }
    return outcome.text();
  }

  interface Condition {
    boolean holds() throws IOException;
  }

  /** Waits for something, for minutes, since machines can be busy. */
  void until(String what, Condition condition) throws InterruptedException, IOException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(8);
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Waited in vain until %s. %s".formatted(what, state()));
      }
      Thread.sleep(100);
    }
  }

  private String state() throws IOException {
    StringBuilder text = new StringBuilder(command("squeue", "-a", "-l").run().text());
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".out")).toList()) {
        text.append("\n--- ").append(file.getFileName()).append('\n');
        List<String> lines = Files.readAllLines(file);
        lines
            .subList(Math.max(0, lines.size() - 20), lines.size())
            .forEach(line -> text.append(line).append('\n'));
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(lastResort);
    if (daemons.size() == 2 + NODES.size()) {
      command("scancel", "--full", "--signal=KILL", "--user=" + System.getProperty("user.name"))
          .run();
    }
    end();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last one started ends first; each is waited for. */
  private void end() {
    for (int i = daemons.size() - 1; i >= 0; i--) {
      Process daemon = daemons.get(i);
      daemon.destroy();
      try {
        if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
          daemon.destroyForcibly();
        }
      } catch (InterruptedException e) {
        daemon.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
