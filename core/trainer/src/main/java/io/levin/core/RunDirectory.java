package io.levin.core;

import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.strategy.Strategy;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of one run: {@code <default-root-dir>/levin_runs/version_N}. */
final class RunDirectory {
  private static final Pattern VERSION = Pattern.compile("version_([0-9]{1,9})");

  private final Path path;
  private final boolean isOurs;

  private RunDirectory(Path path, boolean isOurs) {
    this.path = path;
    this.isOurs = isOurs;
  }

  /** The folder that rank 0 makes, for all ranks. */
  static RunDirectory create(Arguments arguments, Strategy strategy) {
    return new RunDirectory(
        OneForAll.path(strategy, "folder of the run", () -> create(arguments)),
        strategy.isGlobalZero());
  }

  /** Makes the next free version; two processes never get the same. */
  private static Path create(Arguments arguments) {
    String root = arguments.get(TrainerArguments.DEFAULT_ROOT_DIR);
    Path runs =
        Path.of(root == null ? "." : root).toAbsolutePath().normalize().resolve("levin_runs");
    try {
      Files.createDirectories(runs);
      int version = nextVersion(runs);
      while (true) {
        try {
          return Files.createDirectory(runs.resolve("version_" + version));
        } catch (FileAlreadyExistsException e) {
          version++;
        }
      }
    } catch (IOException e) {
      throw LevinException.resource(
          "Cannot make the folder of this run under '%s': %s.".formatted(runs, reason(e)),
          "Give --default-root-dir a folder that you may write to.",
          e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : e.getClass().getSimpleName() + " " + e.getMessage();
  }

  private static int nextVersion(Path runs) throws IOException {
    try (Stream<Path> children = Files.list(runs)) {
      return children
          .map(child -> VERSION.matcher(child.getFileName().toString()))
          .filter(Matcher::matches)
          .mapToInt(match -> Integer.parseInt(match.group(1)) + 1)
          .max()
          .orElse(0);
    }
  }

  Path path() {
    return path;
  }

  /** A run that failed before it wrote anything leaves no folder. */
  void removeIfEmpty() {
    if (!isOurs) {
      return;
    }
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      return; // it holds something, as it should
    }
  }
}
