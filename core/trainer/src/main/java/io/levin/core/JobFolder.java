package io.levin.core;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The folder of a run that a scheduler may start again: {@code job_ID}, so that the next start goes
 * on in it. Where one start of a job has several runs, one after the other, the later ones have
 * {@code job_ID-2} and so on; each start gives them out in the same order.
 */
final class JobFolder {
  /** Holds which start of the job had the folder last. */
  static final String MARK = ".restart";

  private JobFolder() {}

  /**
   * The first folder that this start of the job has not had yet.
   *
   * @param restart how often the job was started again
   */
  static Path claim(Path runs, String id, int restart) throws IOException {
    for (int run = 1; ; run++) {
      Path folder = runs.resolve("job_" + id + (run == 1 ? "" : "-" + run));
      boolean isNew = true;
      try {
        Files.createDirectory(folder);
      } catch (FileAlreadyExistsException e) {
        isNew = false;
      }
      if (isNew || last(folder) < restart) {
        Files.writeString(folder.resolve(MARK), Integer.toString(restart));
        return folder;
      }
    }
  }

  /** Takes the mark out of a folder in which nothing else came to be. */
  static void unmarkIfEmpty(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      if (content.anyMatch(path -> !path.endsWith(MARK))) {
        return;
      }
    }
    Files.deleteIfExists(folder.resolve(MARK));
  }

  /** A folder without a mark is about to get one, or is somebody else's. */
  private static int last(Path folder) throws IOException {
    try {
      return Integer.parseInt(Files.readString(folder.resolve(MARK)).strip());
    } catch (NoSuchFileException | NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }
}
