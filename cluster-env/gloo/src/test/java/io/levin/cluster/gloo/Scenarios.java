package io.levin.cluster.gloo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.levin.LevinException;
import io.levin.collective.Pending;
import io.levin.collective.ProcessGroup;
import io.levin.collective.Reduction;
import io.levin.torch.Casts;
import io.levin.torch.LibTorchBuild;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What ranks do when nothing goes wrong; every rank checks what it gets. */
final class Scenarios {
  private Scenarios() {}

  static void run(String name, Member member) throws Exception {
    if (name.startsWith("door=")) {
      door(Path.of(name.substring("door=".length())), member);
      return;
    }
    switch (name) {
      case "collectives" -> member.joined((group, manager) -> collectives(group, manager));
      case "again" -> again(member);
      default -> Faults.run(name, member);
    }
  }

  /** A group through a door from a file. */
  private static void door(Path library, Member member) {
    assertThat(LibTorchBuild.missing()).isEmpty();
    try (ProcessGroup group = new Meeting(Door.load(library), member.where).join();
        NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.ones(new Shape(3));
      group.allReduce(array, Reduction.SUM);
      assertThat(array.toFloatArray()).containsOnly(1);
    }
  }

  private static void collectives(ProcessGroup group, NDManager manager) {
    int n = group.size();
    int triangle = n * (n + 1) / 2;
    reductions(group, manager, triangle);
    sameBits(group, manager);
    OddArrays.narrow(group, manager, triangle);
    OddArrays.strided(group, manager, triangle);
    asynchronous(group, manager, triangle);
    moving(group, manager, triangle);
    subgroups(group, manager);
    refused(group, manager);
    group.barrier();
    Member.say("all good");
  }

  private static void reductions(ProcessGroup group, NDManager manager, int triangle) {
    float mine = group.rank() + 1;
    for (DataType type :
        List.of(
            DataType.FLOAT32,
            DataType.FLOAT64,
            DataType.FLOAT16,
            DataType.INT32,
            DataType.INT64,
            DataType.INT8,
            DataType.UINT8)) {
      NDArray array = manager.full(new Shape(3, 2), mine).toType(type, true);
      group.allReduce(array, Reduction.SUM);
      assertThat(array.getDataType()).isEqualTo(type);
      assertThat(floats(array)).as(type.name()).containsOnly(triangle);
      NDArray largest = manager.full(new Shape(2), mine).toType(type, true);
      group.allReduce(largest, Reduction.MAX);
      assertThat(floats(largest)).as(type.name()).containsOnly(group.size());
    }
    // Several at once, of several dtypes, one of them empty.
    NDArray a = manager.full(new Shape(5), mine);
    NDArray b = manager.full(new Shape(2, 2), mine).toType(DataType.FLOAT64, true);
    NDArray c = manager.zeros(new Shape(0, 3));
    NDArray d = manager.full(new Shape(), mine * 10);
    group.allReduce(List.of(a, b, c, d), Reduction.MEAN);
    float mean = (float) triangle / group.size();
    assertThat(a.toFloatArray()).containsOnly(mean);
    assertThat(floats(b)).containsOnly(mean);
    assertThat(d.getFloat()).isEqualTo(10 * mean);
  }

  /** Sums whose rounding depends on the order of the ranks are the same on all of them. */
  private static void sameBits(ProcessGroup group, NDManager manager) {
    manager.getEngine().setRandomSeed(group.rank());
    NDArray noise = manager.randomNormal(new Shape(100_003));
    group.allReduce(noise, Reduction.SUM);
    NDArray all = group.allGather(noise);
    float[] here = noise.toFloatArray();
    for (int rank = 0; rank < group.size(); rank++) {
      assertThat(Arrays.equals(all.get(rank).toFloatArray(), here)).as("rank " + rank).isTrue();
    }
  }

  private static void asynchronous(ProcessGroup group, NDManager manager, int triangle) {
    List<NDArray> arrays = new ArrayList<>();
    List<Pending> pending = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      NDArray array = manager.full(new Shape(i * 5000L), (group.rank() + 1f) * i);
      arrays.add(array);
      pending.add(group.startAllReduce(List.of(array), Reduction.SUM));
    }
    // In another order than they were started, and twice.
    for (int i = 19; i >= 0; i--) {
      pending.get(i).await();
      pending.get(i).await();
    }
    for (int i = 1; i <= 20; i++) {
      assertThat(arrays.get(i - 1).toFloatArray()).as("array " + i).containsOnly(triangle * i);
    }
  }

  private static void moving(ProcessGroup group, NDManager manager, int triangle) {
    float mine = group.rank() + 1;
    NDArray weights = manager.full(new Shape(4, 3), mine);
    weights.setRequiresGradient(true);
    NDArray flags = manager.create(new boolean[] {mine == 1, mine != 1});
    NDArray longs = manager.create(new long[] {(long) mine, -(long) mine});
    group.broadcast(new NDList(weights, flags, longs), 0);
    assertThat(weights.toFloatArray()).containsOnly(1);
    assertThat(flags.toBooleanArray()).containsExactly(true, false);
    assertThat(longs.toLongArray()).containsExactly(1, -1);

    NDArray gathered = group.allGather(manager.full(new Shape(2, 2), mine));
    assertThat(gathered.getShape()).isEqualTo(new Shape(group.size(), 2, 2));
    for (int rank = 0; rank < group.size(); rank++) {
      assertThat(gathered.get(rank).toFloatArray()).containsOnly(rank + 1);
    }
    assertThat(group.allGather(manager.create(mine)).getShape()).isEqualTo(new Shape(group.size()));
    gathered.addi(1); // results are arrays like any other

    NDArray rows = manager.arange((float) group.size()).reshape(group.size(), 1).mul(mine);
    NDArray part = group.reduceScatter(rows, Reduction.SUM);
    assertThat(part.getShape()).isEqualTo(new Shape(1));
    assertThat(part.toFloatArray()).containsExactly(group.rank() * triangle);
    part.muli(2);
    assertThat(group.reduceScatter(rows, Reduction.MAX).toFloatArray())
        .containsExactly(group.rank() * group.size());
    assertThat(group.reduceScatter(rows, Reduction.MEAN).toFloatArray())
        .containsExactly(group.rank() * (float) triangle / group.size());
  }

  private static void subgroups(ProcessGroup group, NDManager manager) {
    int last = Math.max(1, group.size() - 1);
    if (group.size() == 1) {
      assertThat(group.subgroup(List.of(0)).orElseThrow().size()).isEqualTo(1);
      return;
    }
    for (int round = 0; round < 2; round++) { // the same ranks twice are two groups
      Optional<ProcessGroup> ends = group.subgroup(List.of(last, 0));
      assertThat(ends.isPresent()).isEqualTo(group.rank() == 0 || group.rank() == last);
      ends.ifPresent(
          some -> {
            assertThat(some.rank()).isEqualTo(group.rank() == 0 ? 1 : 0);
            NDArray array = manager.full(new Shape(3), (float) group.rank());
            some.allReduce(array, Reduction.SUM);
            assertThat(array.toFloatArray()).containsOnly(last);
          });
    }
    NDArray everyone = manager.ones(new Shape(1));
    group.allReduce(everyone, Reduction.SUM);
    assertThat(everyone.getFloat()).isEqualTo(group.size());
  }

  private static void refused(ProcessGroup group, NDManager manager) {
    assertThatThrownBy(() -> group.allReduce(manager.create(new boolean[] {true}), Reduction.SUM))
        .isInstanceOf(LevinException.class)
        .hasMessage("Arrays of BOOLEAN have no sum, mean or max.");
    assertThatThrownBy(() -> group.allReduce(manager.create(new int[] {1}), Reduction.MEAN))
        .isInstanceOf(LevinException.class)
        .hasMessage("The mean of arrays of INT32 would be cut.");
    assertThatThrownBy(() -> group.reduceScatter(manager.ones(new Shape(9)), Reduction.SUM))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("needs a first axis of " + group.size());
    assertThatThrownBy(() -> group.broadcast(manager.ones(new Shape(1)), group.size()))
        .isInstanceOf(LevinException.class)
        .hasMessageStartingWith("There is no rank " + group.size());
  }

  /** Meets and parts many times; what a group needs is given back. */
  private static void again(Member member) {
    int threads = 0;
    int files = 0;
    for (int generation = 0; generation < 24; generation++) {
      try (ProcessGroup group = member.groups.join(member.where.generation(generation));
          NDManager manager = NDManager.newBaseManager()) {
        NDArray array = manager.ones(new Shape(1000));
        group.allReduce(array, Reduction.SUM);
        assertThat(array.toFloatArray()).containsOnly(member.size());
        group.subgroup(List.of(0, 1)).ifPresent(ProcessGroup::barrier);
      }
      if (generation == 3) { // all that is made once has been made
        threads = count("/proc/self/task");
        files = count("/proc/self/fd");
      }
    }
    assertThat(count("/proc/self/task")).isLessThanOrEqualTo(threads + 1);
    assertThat(count("/proc/self/fd")).isLessThanOrEqualTo(files);
    Member.say("all good");
  }

  private static int count(String folder) {
    return new File(folder).list().length;
  }

  static float[] floats(NDArray array) {
    try (NDArray wide = Casts.toFp32(array)) {
      return wide.toFloatArray();
    }
  }
}
