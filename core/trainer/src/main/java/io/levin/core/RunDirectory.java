package io.levin.core;

import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.arguments.TrainerArguments;
import io.levin.checkpoint.Storages;
import io.levin.cluster.ScheduledJob;
import io.levin.strategy.Strategy;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one run: {@code <default-root-dir>/levin_runs/version_N}, or {@code job_ID} of a
 * scheduler's job.
 */
final class RunDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);
  private static final Pattern VERSION = Pattern.compile("version_([0-9]{1,9})");

  private final Path path;
  private final Path kept;
  private final boolean isOurs;

  private RunDirectory(Path path, Path kept, boolean isOurs) {
    this.path = path;
    this.kept = kept;
    this.isOurs = isOurs;
  }

  /**
   * The folder that rank 0 makes, for all ranks. Where the root is in a storage, the checkpoints go
   * there, and what is written line by line stays on this machine.
   *
   * @param job where a scheduler started this run
   */
  static RunDirectory create(Arguments arguments, Optional<ScheduledJob> job, Strategy strategy) {
    String text = arguments.get(TrainerArguments.DEFAULT_ROOT_DIR);
    Path root = Storages.path(text == null ? "." : text);
    boolean isLocal = root.getFileSystem().equals(FileSystems.getDefault());
    Path path =
        OneForAll.path(
            strategy, "folder of the run", () -> next(isLocal ? root : Path.of("."), job));
    if (isLocal) {
      return new RunDirectory(path, path, strategy.isGlobalZero());
    }
    Path kept = OneForAll.path(strategy, "folder of the checkpoints", () -> next(root, job));
    LOG.info("checkpoints of this run go to {}, its logs to {}", kept, path);
    return new RunDirectory(path, kept, strategy.isGlobalZero());
  }

  /** Makes the folder of a job, or the next free version; two processes never get the same. */
  private static Path next(Path root, Optional<ScheduledJob> job) {
    Path runs = root.toAbsolutePath().normalize().resolve("levin_runs");
    try {
      Files.createDirectories(runs);
      Optional<String> id = job.flatMap(ScheduledJob::runId);
      if (id.isPresent()) {
        return JobFolder.claim(runs, id.get(), job.get().restartCount());
      }
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

  /** Where the checkpoints are; the same folder unless the root is in a storage. */
  Path checkpoints() {
    return kept.resolve("checkpoints");
  }

  /** A run that failed before it wrote anything leaves no folder. */
  void removeIfEmpty() {
    if (!isOurs) {
      return;
    }
    try {
      JobFolder.unmarkIfEmpty(path);
      Files.deleteIfExists(path);
      if (Files.exists(kept)) {
        JobFolder.unmarkIfEmpty(kept);
      }
      Files.deleteIfExists(kept);
    } catch (IOException | LevinException e) {
      return; // it holds something, as it should
    }
  }
}
