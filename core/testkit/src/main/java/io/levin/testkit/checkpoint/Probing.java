package io.levin.testkit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.Opaque;
import io.levin.checkpoint.OrderedDict;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Ways to look at checkpoints and at what reading them takes. */
final class Probing {
  /** Memory that a checkpoint of a few kilobytes may take; what it says of itself is no reason. */
  static final long MOST_MEMORY = 64L << 20;

  private Probing() {}

  /** Everything in a checkpoint as text, its tensors as digests. */
  static String contents(CheckpointIO io, Path path) {
    try (Checkpoint checkpoint = io.load(path)) {
      return text(checkpoint.root());
    }
  }

  static String text(Object value) {
    if (value instanceof Tensor tensor) {
      return "%s%s:%s:%s"
          .formatted(
              tensor.dtype(),
              Arrays.toString(tensor.shape()),
              tensor.parameter(),
              Digest.sha256(tensor));
    } else if (value instanceof Map<?, ?> map) {
      List<String> entries = new ArrayList<>();
      map.forEach((key, entry) -> entries.add(text(key) + "=" + text(entry)));
      return (value instanceof OrderedDict dict ? text(dict.attributes()) : "") + entries;
    } else if (value instanceof Tuple tuple) {
      return "tuple" + text(tuple.items());
    } else if (value instanceof Collection<?> items) {
      return items.stream().map(Probing::text).toList().toString();
    } else if (value instanceof byte[] bytes) {
      return Arrays.toString(bytes);
    } else if (value instanceof Opaque opaque) {
      return "%s %s %s %s %s"
          .formatted(
              opaque.type(),
              text(opaque.arguments()),
              text(opaque.items()),
              text(opaque.entries()),
              text(opaque.state()));
    }
    return value + ":" + (value == null ? "" : value.getClass().getSimpleName());
  }

  /** The files that a checkpoint is made of. */
  static List<Path> files(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs something and fails when it asked for more memory than a small checkpoint is worth. */
  static void inBoundedMemory(Runnable work) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    assertThat(threads.getCurrentThreadAllocatedBytes() - before)
        .as("bytes of memory asked for")
        .isLessThan(MOST_MEMORY);
  }

  /** Files under a folder that this process has open; none where the system does not tell. */
  static List<String> open(Path folder) {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      String real = folder.toRealPath().toString();
      return descriptors
          .map(Probing::target)
          .filter(target -> target.startsWith(real))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed in this moment
    }
  }
}
