package io.levin.cluster.gloo;

import static io.levin.cluster.gloo.Scenarios.floats;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.levin.collective.ProcessGroup;
import io.levin.collective.Reduction;
import io.levin.torch.Casts;

/** Arrays that Gloo itself would get wrong: of 16 bits, or not laid out one row after the other. */
final class OddArrays {
  private OddArrays() {}

  static void narrow(ProcessGroup group, NDManager manager, int triangle) {
    // 256 + 1 is 256 in bfloat16: only a sum in 32 bits, rounded once, counts the ones.
    float mine = group.rank() == 0 ? 256 : 1;
    NDArray half = Casts.toBf16(manager.full(new Shape(4), mine));
    group.allReduce(half, Reduction.SUM);
    NDArray expected = Casts.toBf16(manager.full(new Shape(4), 256f + group.size() - 1));
    assertThat(floats(half)).containsExactly(floats(expected));
    NDArray sent = Casts.toBf16(manager.full(new Shape(3), group.rank() + 0.5f));
    group.broadcast(sent, group.size() - 1);
    assertThat(floats(sent)).containsOnly(group.size() - 0.5f);
    NDArray gathered =
        group.allGather(Casts.toBf16(manager.full(new Shape(1), (float) group.rank())));
    for (int rank = 0; rank < group.size(); rank++) {
      assertThat(floats(gathered)[rank]).isEqualTo(rank);
    }
    NDArray rows = Casts.toBf16(manager.full(new Shape(group.size(), 2), group.rank() + 1f));
    assertThat(floats(group.reduceScatter(rows, Reduction.SUM))).containsOnly(triangle);
  }

  static void strided(ProcessGroup group, NDManager manager, int triangle) {
    float mine = group.rank() + 1;
    // One rank's array is laid out otherwise than the others'.
    NDArray array = manager.arange(6f).reshape(3, 2).mul(mine);
    NDArray other = manager.arange(6f).reshape(3, 2).mul(mine).transpose().duplicate().transpose();
    NDArray reduced = group.rank() == 0 ? other : array;
    group.allReduce(reduced, Reduction.SUM);
    assertThat(reduced.toFloatArray())
        .containsExactly(0, triangle, 2 * triangle, 3 * triangle, 4 * triangle, 5 * triangle);
    NDArray table = manager.full(new Shape(2, 3), mine);
    NDArray column = table.get(":, 1");
    group.broadcast(column, group.size() - 1);
    assertThat(table.toFloatArray())
        .containsExactly(mine, group.size(), mine, mine, group.size(), mine);
    NDArray gathered = group.allGather(manager.arange(6f).reshape(2, 3).transpose());
    assertThat(gathered.get(group.size() - 1).toFloatArray()).containsExactly(0, 3, 1, 4, 2, 5);
  }
}
