package io.levin.it.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program to be run in a folder, with the variables of this process and some more. */
final class Command {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Path folder;
  private final List<String> words;
  private final Map<String, String> environment = new HashMap<>();

  /** What a program said, both streams in one, and its exit code. */
  record Outcome(int code, String text) {}

  Command(Path folder, List<String> words) {
    this.folder = folder;
    this.words = List.copyOf(words);
  }

  Command with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Command with(Map<String, String> variables) {
    environment.putAll(variables);
    return this;
  }

  /** Starts it; what it says goes into a file. */
  Process start(Path output) {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LEVIN_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    // Bits depend on the number of threads, and launchers differ in what they leave to a process.
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it to its end. */
  Outcome run() {
    try {
      Path output = Files.createTempFile(folder, "output", ".txt");
      Process process = start(output);
      try {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          throw new AssertionError(
              "%s does not end. It said:%n%s".formatted(words, Files.readString(output, UTF_8)));
        }
        return new Outcome(process.exitValue(), Files.readString(output, UTF_8));
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
