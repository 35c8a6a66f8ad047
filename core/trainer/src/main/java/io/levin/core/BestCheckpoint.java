package io.levin.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The best checkpoint of the newest run that has kept one. */
final class BestCheckpoint {
  private BestCheckpoint() {}

  static Optional<Path> of(Path runs) {
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .map(folder -> folder.resolve(Summary.FILE))
          .filter(Files::isRegularFile)
          .sorted(Comparator.comparing(BestCheckpoint::modified).reversed())
          .flatMap(summary -> Summary.readBest(summary).stream())
          .filter(Files::exists)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
