package io.levin.benchmarks.swap.inside;

import io.levin.checkpoint.CheckpointIO;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

/** Looks at every checkpoint that was saved: it must be there, whole, and nothing beside it. */
final class Kept {
  private final List<CheckpointIO> formats = new ArrayList<>();
  private final List<String> failures;
  private final Map<String, Integer> kinds = new TreeMap<>();
  private int count;

  Kept(BundleContext context, List<String> failures) {
    this.failures = failures;
    try {
      context
          .getServiceReferences(CheckpointIO.class, null)
          .forEach(reference -> formats.add(context.getService(reference)));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Checks the checkpoints of one fit, in the order in which it saved them. */
  void check(List<Path> saved) {
    count += saved.size();
    Set<Path> expected = new HashSet<>(saved);
    if (expected.size() != saved.size()) {
      failures.add("a checkpoint was saved twice");
    }
    for (int i = 0; i < saved.size(); i++) {
      if (!saved.get(i).getFileName().toString().startsWith("step=%07d".formatted(i + 1))) {
        failures.add("step %d was not saved".formatted(i + 1));
        break;
      }
    }
    saved.forEach(this::verify);
    try (Stream<Path> files = Files.list(saved.get(0).getParent())) {
      files.filter(file -> !expected.contains(file)).forEach(f -> failures.add("left over: " + f));
    } catch (IOException e) {
      failures.add(e.toString());
    }
  }

  /** How many were checked. */
  int count() {
    return count;
  }

  /** How many there are of each format. */
  Map<String, Integer> kinds() {
    return kinds;
  }

  private void verify(Path path) {
    try {
      String kind = kind(path);
      kinds.merge(kind, 1, Integer::sum);
    } catch (IOException | RuntimeException e) {
      failures.add("%s is not whole: %s".formatted(path, e));
    }
  }

  private String kind(Path path) throws IOException {
    if (Files.isRegularFile(path) && Files.size(path) < 4096) {
      String text = new String(Files.readAllBytes(path), java.nio.charset.StandardCharsets.UTF_8);
      if (text.endsWith("\nend\n")) {
        return "sums";
      }
    }
    for (CheckpointIO format : formats) {
      boolean isIt =
          Files.isDirectory(path)
              ? format.format().equals("safetensors")
              : format.format().equals("torch");
      if (isIt) {
        format.verify(path);
        return format.format();
      }
    }
    throw new IOException("no format reads it");
  }
}
