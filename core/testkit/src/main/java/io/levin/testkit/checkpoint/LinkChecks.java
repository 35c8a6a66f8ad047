package io.levin.testkit.checkpoint;

import static io.levin.testkit.LevinAssertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.SupportsAsyncSave;
import io.levin.checkpoint.SupportsLinks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What {@link SupportsLinks} promises. */
final class LinkChecks {
  private final Supplier<CheckpointIO> ios;
  private final Function<String, Path> paths;

  private LinkChecks(Supplier<CheckpointIO> ios, Function<String, Path> paths) {
    this.ios = ios;
    this.paths = paths;
  }

  /** Nothing where links are not supported. */
  static Stream<DynamicTest> of(Supplier<CheckpointIO> ios, Function<String, Path> paths) {
    LinkChecks checks = new LinkChecks(ios, paths);
    return ios.get() instanceof SupportsLinks
        ? Stream.of(
            dynamicTest("a link follows nothing", checks::standsAlone),
            dynamicTest("a link takes the place of what was there", checks::replaces),
            dynamicTest("a link to itself changes nothing", checks::toItself),
            dynamicTest("a link takes no foreign place", checks::foreign))
        : Stream.empty();
  }

  private SupportsLinks io() {
    return (SupportsLinks) ios.get();
  }

  private static void done(CheckpointIO io) {
    if (io instanceof SupportsAsyncSave async) {
      async.flush();
    }
  }

  private void isKept(Path path, int elements) {
    CheckpointIO io = ios.get();
    io.verify(path);
    try (Checkpoint checkpoint = io.load(path)) {
      assertThat(checkpoint).holdsValuesOf(Map.of("tensor", Samples.vector(elements)));
    }
  }

  private static Checkpoint of(int elements) {
    return Checkpoint.of(Map.of("tensor", Samples.vector(elements)));
  }

  private void standsAlone() {
    SupportsLinks io = io();
    Path first = paths.apply("alone");
    Path last = paths.apply("alone-last");
    io.save(of(10), first);
    boolean isLinked = io.link(first, last);
    done(io);
    if (!isLinked) {
      assertThat(last).doesNotExist();
      return;
    }
    isKept(last, 10);
    io.save(of(11), first);
    done(io);
    isKept(last, 10);
    isKept(first, 11);
    io.remove(first);
    done(io);
    isKept(last, 10);
  }

  private void replaces() {
    SupportsLinks io = io();
    Path first = paths.apply("replacing");
    Path last = paths.apply("replaced");
    io.save(of(20), last);
    io.save(of(21), first);
    boolean isLinked = io.link(first, last);
    done(io);
    isKept(last, isLinked ? 21 : 20);
    isKept(first, 21);
    assertThat(Probing.names(first.getParent())).noneMatch(name -> name.contains("tmp"));
  }

  private void toItself() {
    SupportsLinks io = io();
    Path path = paths.apply("itself");
    io.save(of(30), path);
    io.link(path, path);
    done(io);
    isKept(path, 30);
  }

  private void foreign() throws java.io.IOException {
    SupportsLinks io = io();
    Path path = paths.apply("mine");
    Path other = Files.createDirectory(paths.apply("photos"));
    Files.writeString(other.resolve("dog.jpg"), "a dog");
    io.save(of(40), path);
    boolean isRefused;
    try {
      isRefused = !io.link(path, other);
      done(io);
    } catch (io.levin.LevinException e) {
      isRefused = true;
    }
    assertThat(isRefused).isTrue();
    assertThat(other.resolve("dog.jpg")).hasContent("a dog");
  }
}
