package io.levin.testkit.checkpoint;

import static io.levin.testkit.LevinAssertions.assertThat;
import static io.levin.testkit.LevinAssertions.assertThatRefused;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.SupportsPartialLoad;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What {@link SupportsPartialLoad} promises. */
final class PartialLoadChecks {
  private final Supplier<CheckpointIO> ios;
  private final Function<String, Path> paths;

  private PartialLoadChecks(Supplier<CheckpointIO> ios, Function<String, Path> paths) {
    this.ios = ios;
    this.paths = paths;
  }

  /** Nothing where partial loads are not supported. */
  static Stream<DynamicTest> of(
      Supplier<CheckpointIO> ios, Function<String, Path> paths, Set<Value> cannotKeep) {
    if (!(ios.get() instanceof SupportsPartialLoad)) {
      return Stream.empty();
    }
    PartialLoadChecks checks = new PartialLoadChecks(ios, paths);
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(dynamicTest("one tensor of many", checks::one));
    tests.add(dynamicTest("nothing that is there", checks::nothing));
    tests.add(dynamicTest("a missing checkpoint is named", checks::missing));
    tests.add(dynamicTest("nonsense is refused", checks::nonsense));
    if (!cannotKeep.contains(Value.MAPS) && !cannotKeep.contains(Value.LISTS)) {
      tests.add(dynamicTest("a branch, and an item that keeps its index", checks::branch));
    }
    return tests.stream();
  }

  private SupportsPartialLoad io() {
    return (SupportsPartialLoad) ios.get();
  }

  private Path saved(String name, Object root) {
    Path path = paths.apply(name);
    io().save(Checkpoint.of(root), path);
    return path;
  }

  private void one() {
    Path path = saved("one", Samples.tensors());
    try (Checkpoint part = io().load(path, Set.of("net.0.bias"))) {
      assertThat(part).holdsValuesOf(Map.of("net.0.bias", Samples.tensors().get("net.0.bias")));
    }
  }

  private void nothing() {
    try (Checkpoint part = io().load(saved("nothing", Samples.tensors()), Set.of("net"))) {
      assertThat((Map<?, ?>) part.root()).isEmpty();
    }
  }

  private void branch() {
    Map<Object, Object> root = new LinkedHashMap<>(Samples.tensors());
    root.put("state", Map.of("w", Samples.vector(1), "v", Samples.vector(2)));
    root.put("list", List.of(Samples.vector(3), Samples.vector(4)));
    try (Checkpoint part = io().load(saved("branch", root), Set.of("state", "list/1"))) {
      assertThat(part)
          .holdsTensor("state/w", Samples.vector(1))
          .holdsTensor("state/v", Samples.vector(2));
      assertThat(((Map<?, ?>) part.root()).keySet()).hasSize(2);
      List<?> list = (List<?>) ((Map<?, ?>) part.root()).get("list");
      assertThat(list.get(0)).isNull();
      assertThat(Probing.text(list))
          .isEqualTo(Probing.text(Arrays.asList(null, Samples.vector(4))));
    }
  }

  private void missing() {
    Path path = paths.apply("missing");
    assertThatRefused(() -> io().load(path, Set.of("x"))).isToldToTheUser(path.getFileName());
  }

  private void nonsense() {
    Path path = paths.apply("nonsense");
    Nonsense.RANDOM_BYTES.write(path);
    assertThatRefused(() -> io().load(path, Set.of("x")).close())
        .isInstanceOf(BadCheckpointException.class);
  }
}
