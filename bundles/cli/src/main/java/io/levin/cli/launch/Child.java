package io.levin.cli.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One process that we have started, and its output, each line behind its rank. */
final class Child {
  private final int rank;
  private final Process process;
  private final List<Thread> pumps;

  private Child(int rank, Process process, List<Thread> pumps) {
    this.rank = rank;
    this.process = process;
    this.pumps = pumps;
  }

  /**
   * @param failing told, from another thread, when the process says that it fails: whether by
   *     itself, or because another rank did
   */
  static Child start(
      int rank,
      List<String> command,
      Map<String, String> variables,
      PrintStream out,
      PrintStream err,
      Consumer<Boolean> failing)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables);
    Process process = builder.start();
    String mark = "[rank %d] ".formatted(rank);
    Thread first = pump(mark, process.getInputStream(), out, failing);
    Thread second = pump(mark, process.getErrorStream(), err, failing);
    return new Child(rank, process, List.of(first, second));
  }

  private static Thread pump(
      String mark, InputStream from, PrintStream to, Consumer<Boolean> failing) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader lines = new BufferedReader(new InputStreamReader(from, UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  if (FailureMark.isOne(line)) {
                    failing.accept(FailureMark.isOwn(line));
                  } else {
                    to.println(mark + line);
                  }
                }
              } catch (IOException e) {
                return; // the process was ended by force
              }
            },
            "levin-output-" + mark.strip());
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  int rank() {
    return rank;
  }

  /** Calls back, from another thread, when the process has ended, with its exit code. */
  void whenEnded(Consumer<Integer> ended) {
    process.onExit().thenAccept(gone -> ended.accept(gone.exitValue()));
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The exit code of a process that has ended. */
  int code() {
    return process.exitValue();
  }

  /** Waits until the process has ended and all it said is printed; not for longer than this. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    if (!process.waitFor(nanos, TimeUnit.NANOSECONDS)) {
      return false;
    }
    for (Thread pump : pumps) {
      pump.join(1000);
    }
    return true;
  }

  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }
}
