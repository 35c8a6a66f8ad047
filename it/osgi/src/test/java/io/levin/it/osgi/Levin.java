package io.levin.it.osgi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a distribution as its users do: as a process. */
final class Levin {
  private final Path home;
  private final Map<String, String> environment = new HashMap<>();

  /** What a process said. */
  record Outcome(int code, String out, String err) {}

  private Levin(Path home) {
    this.home = home;
  }

  /** The distribution that was built. */
  static Levin built() {
    return new Levin(Path.of(System.getProperty("levin.distribution")));
  }

  static Levin at(Path home) {
    return new Levin(home);
  }

  /** A copy on the same disk; its files are hard links. */
  static Levin copied(Path target) throws IOException {
    Path source = built().home();
    List<Path> paths;
    try (var walk = Files.walk(source)) {
      paths = walk.toList();
    }
    for (Path path : paths) {
      Path copy = target.resolve(source.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(copy);
      } else {
        Files.createLink(copy, path);
      }
    }
    return new Levin(target);
  }

  Path home() {
    return home;
  }

  Levin with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Outcome run(String... arguments) {
    return finish(start(arguments));
  }

  Process start(String... arguments) {
    return start(home.resolve("bin/levin"), arguments);
  }

  /** Starts a process that gets nothing to read. */
  Process start(Path script, String... arguments) {
    Process process = open(script, arguments);
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return process;
  }

  /** Starts a process that can be written to. */
  Process open(String... arguments) {
    return open(home.resolve("bin/levin"), arguments);
  }

  private Process open(Path script, String... arguments) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("LEVIN_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a process that {@link #start} started. */
  static Outcome finish(Process process) {
    try (var in = process.getInputStream();
        var errors = process.getErrorStream()) {
      StringBuilder err = new StringBuilder();
      Thread reader =
          new Thread(
              () -> {
                try {
                  err.append(new String(errors.readAllBytes(), UTF_8));
                } catch (IOException e) {
                  err.append(e);
                }
              });
      reader.start();
      String out = new String(in.readAllBytes(), UTF_8);
      reader.join();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("The process does not end: " + out + err);
      }
      return new Outcome(process.exitValue(), out, err.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
