package io.levin.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
          .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified()).reversed())
          .flatMap(summary -> Summary.readBest(summary).stream())
          .filter(Files::exists)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
