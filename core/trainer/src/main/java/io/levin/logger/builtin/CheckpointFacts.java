package io.levin.logger.builtin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What the report says of one checkpoint. */
final class CheckpointFacts {
  private CheckpointFacts() {}

  static Map<String, Object> of(Path directory, Path path) {
    Map<String, Object> facts = new LinkedHashMap<>();
    boolean inside = path.startsWith(directory);
    facts.put("name", (inside ? directory.relativize(path) : path).toString());
    facts.put("inside", inside);
    try {
      facts.put("saved", Files.getLastModifiedTime(path).toInstant().toString());
      facts.put("bytes", bytes(path));
    } catch (IOException | UncheckedIOException e) {
      // Removed this moment, as the worst of the best are: its name is enough.
      facts.put("saved", null);
    }
    return facts;
  }

  /** Of a file, or of all in a folder. */
  private static long bytes(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      long sum = 0;
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        sum += Files.size(file);
      }
      return sum;
    }
  }
}
