package io.levin.testkit.checkpoint;

import static io.levin.testkit.LevinAssertions.assertThat;
import static io.levin.testkit.LevinAssertions.assertThatCode;
import static io.levin.testkit.LevinAssertions.assertThatRefused;

import io.levin.checkpoint.Bytes;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.DType;
import io.levin.checkpoint.SupportsAsyncSave;
import io.levin.checkpoint.Tensor;
import io.levin.testkit.assertions.FailureAssert;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a {@link CheckpointIO} keeps to that saves and loads; for one that only loads there is
 * {@link CheckpointReadContract}.
 *
 * <p>It is taken to do all that a CheckpointIO can do. What a format has no place for, its test
 * says in {@link #cannotKeep}, {@link #cannotKeepElements} and {@link #keepsKinds}; then the
 * contract is that it refuses, or does without, in good order. The optional powers are tried where
 * its type has them.
 */
public abstract class CheckpointIOContract extends CheckpointReadContract {
  /** Values that are refused. */
  protected Set<Value> cannotKeep() {
    return Set.of();
  }

  /** Types of elements that are refused. */
  protected Set<DType> cannotKeepElements() {
    return Set.of();
  }

  /**
   * Whether tensors that share storage do so again when they are loaded, and maps keep their kind
   * and order.
   */
  protected boolean keepsKinds() {
    return true;
  }

  @Override
  protected final Path sample(Path folder) {
    return saved("sample", Samples.tensors());
  }

  private Path saved(String name, Object root) {
    Path path = path(name);
    save(io(), root, path);
    return path;
  }

  /** Saves, and waits where that is done behind the training. */
  private static void save(CheckpointIO io, Object root, Path path) {
    io.save(Checkpoint.of(root), path);
    if (io instanceof SupportsAsyncSave async) {
      async.flush();
    }
  }

  private void isKept(Path path, Object root) {
    CheckpointIO io = io();
    io.verify(path);
    try (Checkpoint checkpoint = io.load(path)) {
      if (keepsKinds()) {
        assertThat(checkpoint).holds(root);
      } else {
        assertThat(checkpoint).holdsValuesOf(root);
      }
    }
  }

  private void roundTrip(Object root) {
    isKept(saved("kept", root), root);
  }

  @ParameterizedTest
  @EnumSource
  void keepsEveryTypeOfElementOrRefusesIt(DType dtype) {
    Map<Object, Object> root = new LinkedHashMap<>();
    root.put("scalar", Samples.tensor(dtype));
    root.put("empty", Samples.tensor(dtype, 0));
    root.put("vector", Samples.tensor(dtype, 33));
    root.put("matrix", Samples.tensor(dtype, 5, 7));
    keptOrRefused(root, !cannotKeepElements().contains(dtype));
  }

  private void keptOrRefused(Object root, boolean isKept) {
    if (isKept) {
      roundTrip(root);
      return;
    }
    Path path = saved("kept", Samples.tensors());
    assertThatRefused(() -> save(io(), root, path)).isToldToTheUser(path.getFileName());
    isKept(path, Samples.tensors());
  }

  @Test
  void keepsEveryShape() {
    Map<Object, Object> tensors = new LinkedHashMap<>();
    for (long[] shape :
        new long[][] {{}, {1}, {0}, {3, 0, 2}, {1, 1, 1, 1}, {2, 1, 2, 1, 2, 1, 2, 1}, {70_000}}) {
      tensors.put("shape" + java.util.Arrays.toString(shape), Samples.tensor(DType.INT32, shape));
    }
    roundTrip(tensors);
  }

  @Test
  void keepsTheElementsOfViews() {
    Tensor whole = Samples.tensor(DType.INT16, 6, 4);
    Tensor transposed =
        new Tensor(DType.INT16, new long[] {4, 6}, new long[] {1, 4}, 0, whole.storage(), false);
    Tensor column =
        new Tensor(DType.INT16, new long[] {6}, new long[] {4}, 2, whole.storage(), false);
    Tensor repeated =
        new Tensor(DType.INT16, new long[] {3, 4}, new long[] {0, 1}, 8, whole.storage(), false);
    Map<Object, Object> views = new LinkedHashMap<>();
    views.put("whole", whole);
    views.put("transposed", transposed);
    views.put("column", column);
    views.put("repeated", repeated);
    views.put("tied", whole);
    roundTrip(views);
  }

  @ParameterizedTest
  @EnumSource
  void keepsValuesOfEveryKindOrRefusesThem(Value value) {
    Map<Object, Object> root = new LinkedHashMap<>();
    root.put("tensor", Samples.vector(2));
    root.put("value", value.example());
    keptOrRefused(root, !cannotKeep().contains(value));
  }

  @Test
  void keepsManyTensorsInTheirOrder() {
    Map<Object, Object> tensors = new LinkedHashMap<>();
    for (int i = 600; i > 0; i--) {
      tensors.put("block.%d.weight".formatted(i * 7919 % 600), Samples.vector(i % 5));
    }
    roundTrip(tensors);
  }

  @Test
  void keepsNamesInAnyScript() {
    Map<Object, Object> tensors = new LinkedHashMap<>();
    for (String name :
        List.of(
            "größe", "重み", "\uD83D\uDC11", "with space", "a/b", "..", "a\"b\\c", "\u0007", "")) {
      tensors.put(name, Samples.vector(name.length() + 1));
    }
    Path path = saved("größe 重み \uD83D\uDC11", tensors);
    isKept(path, tensors);
    assertThat(Probing.names(folder)).containsExactly(path.getFileName().toString());
  }

  @Test
  void leavesWhatItIsGivenAlone() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(64).putInt(7);
    Tensor tensor = Tensor.of(DType.UINT8, new long[] {64}, Bytes.of(buffer));
    Map<String, Object> root = Map.of("tensor", tensor);
    String before = Probing.text(root);
    roundTrip(root);
    assertThat(Probing.text(root)).isEqualTo(before);
    assertThat(buffer.position()).isEqualTo(4);
  }

  @Test
  void makesMissingFoldersAndNothingElse() throws IOException {
    Path path = folder.resolve("runs/version_0").resolve(path("kept").getFileName());
    save(io(), Samples.tensors(), path);
    isKept(path, Samples.tensors());
    assertThat(Probing.names(folder)).containsExactly("runs");
    assertThat(Probing.names(path.getParent())).hasSize(1);
  }

  @Test
  void aSecondSaveTakesThePlaceOfTheFirst() {
    Path path = saved("kept", Samples.tensors());
    int files = Probing.files(path).size();
    for (int i = 1; i < 4; i++) {
      Map<Object, Object> other = Map.of("only" + i, Samples.vector(i));
      save(io(), other, path);
      isKept(path, other);
      assertThat(Probing.names(folder)).containsExactly(path.getFileName().toString());
      assertThat(Probing.files(path)).hasSizeLessThanOrEqualTo(files);
    }
  }

  @Test
  void whatWasLoadedCanBeSavedInItsOwnPlace() {
    Path path = saved("kept", Samples.tensors());
    CheckpointIO io = io();
    try (Checkpoint checkpoint = io.load(path)) {
      save(io, checkpoint.root(), path);
    }
    isKept(path, Samples.tensors());
  }

  @TestFactory
  Stream<DynamicTest> aFailedSaveLeavesTheOldOne() {
    List<DynamicTest> tests = new ArrayList<>();
    BadTrees.all()
        .forEach(
            (name, tree) ->
                tests.add(DynamicTest.dynamicTest(name, () -> failsAndLeavesTheOld(name, tree))));
    return tests.stream();
  }

  private void failsAndLeavesTheOld(String name, Object tree) {
    Path path = saved(name, Samples.tensors());
    List<String> names = Probing.names(folder);
    FailureAssert failure = assertThatRefused(() -> save(io(), tree, path));
    if (!BadTrees.isDefect(name)) {
      failure.isToldToTheUser();
    }
    failure.isNotNull();
    assertThatRefused(() -> save(io(), tree, path("new"))).isNotNull();
    assertThat(Probing.names(folder)).isEqualTo(names);
    isKept(path, Samples.tensors());
  }

  @Test
  void aPlaceThatCannotBeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "here first");
    Path below = file.resolve(path("kept").getFileName());
    assertThatRefused(() -> save(io(), Samples.tensors(), below))
        .isToldToTheUser(below.getFileName());
    assertThat(file).hasContent("here first");
  }

  @Test
  void aFolderWithOtherThingsIsNeverReplaced() throws IOException {
    Path photos = Files.createDirectory(path("photos"));
    Files.writeString(photos.resolve("dog.jpg"), "a dog");
    assertThatRefused(() -> save(io(), Samples.tensors(), photos)).isToldToTheUser(photos);
    assertThatRefused(() -> remove(io(), photos)).isToldToTheUser(photos);
    assertThat(photos.resolve("dog.jpg")).hasContent("a dog");
    assertThat(Probing.names(folder)).hasSize(1);
  }

  @Test
  void removesItsOwnAndNothingElse() throws IOException {
    Path kept = saved("kept", Samples.tensors());
    Path other = saved("other", Samples.tensors());
    Path notes = Files.writeString(folder.resolve("notes.txt"), "the best so far");
    remove(io(), kept);
    assertThat(kept).doesNotExist();
    assertThatCode(() -> remove(io(), kept)).doesNotThrowAnyException();
    assertThatRefused(() -> remove(io(), notes)).isToldToTheUser(notes);
    isKept(other, Samples.tensors());
    assertThat(Probing.names(folder))
        .containsExactlyInAnyOrder("notes.txt", other.getFileName().toString());
  }

  private static void remove(CheckpointIO io, Path path) {
    io.remove(path);
    if (io instanceof SupportsAsyncSave async) {
      async.flush();
    }
  }

  @Test
  void whoReadsWhileItIsReplacedSeesTheOldOrTheNew() throws Exception {
    new Replacement(this::io, path("kept")).run();
  }

  @Test
  void aKilledSaveLeavesAWholeOne() throws Exception {
    new Killing(getClass(), this::io, path("kept")).run();
  }

  @Test
  void closingTwiceIsClosing() {
    CheckpointIO io = checkpointIO();
    save(io, Samples.tensors(), path("kept"));
    io.close();
    assertThatCode(io::close).doesNotThrowAnyException();
    isKept(path("kept"), Samples.tensors());
  }

  @TestFactory
  Stream<DynamicTest> links() {
    return LinkChecks.of(this::io, this::path);
  }

  @TestFactory
  Stream<DynamicTest> partialLoads() {
    return PartialLoadChecks.of(this::io, this::path, cannotKeep());
  }

  @TestFactory
  Stream<DynamicTest> savesBehindTheTraining() {
    return AsyncSaveChecks.of(this::io, this::path);
  }
}
