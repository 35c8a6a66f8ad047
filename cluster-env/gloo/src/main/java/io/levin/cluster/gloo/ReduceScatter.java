package io.levin.cluster.gloo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.levin.collective.Reduction;
import io.levin.torch.Collectives;
import java.util.List;

/**
 * A reduction of which every rank keeps its part: an all-reduce of a copy, as in libtorch itself,
 * whose own operation takes every reduction for a sum.
 */
final class ReduceScatter implements Work {
  private final NDManager scope;
  private final NDArray copy;
  private final AllReduce reduced;
  private final NDArray out;
  private final int rank;

  /**
   * @param array of a first axis of {@code size}
   */
  ReduceScatter(NDArray array, Reduction reduction, int rank, int size, NDManager owner) {
    this.rank = rank;
    this.scope = owner.newSubManager();
    this.out = AllGather.empty(array, array.getShape().slice(1));
    this.copy = Dtype.of(array).isNarrow() ? Collectives.wide(array) : array.duplicate();
    copy.attach(scope);
    this.reduced = new AllReduce(List.of(copy), reduction, size, owner);
  }

  @Override
  public void start(Link link, Tags tags, int kind) {
    reduced.start(link, tags, kind);
  }

  @Override
  public void finish() {
    reduced.finish();
    if (out.size() > 0) {
      try (NDArray part = copy.get(rank)) {
        Collectives.copy(part, out);
      }
    }
  }

  @Override
  public void drain() {
    reduced.drain();
    out.close();
  }

  NDArray result() {
    return out;
  }

  @Override
  public void close() {
    reduced.close();
    scope.close();
  }
}
