package io.levin.logger.builtin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

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
      facts.put("bytes", Files.isRegularFile(path) ? Files.size(path) : null);
    } catch (IOException e) {
      // Removed this moment, as the worst of the best are: its name is enough.
      facts.put("saved", null);
    }
    return facts;
  }
}
