package io.levin.collective;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/** The group of a run that has one process: everything is done already. */
final class Alone implements ProcessGroup {
  static final ProcessGroup GROUP = new Alone();

  private Alone() {}

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public Pending startAllReduce(List<? extends NDArray> arrays, Reduction reduction) {
    return () -> {};
  }

  @Override
  public void broadcast(List<? extends NDArray> arrays, int source) {}

  @Override
  public NDArray allGather(NDArray array) {
    return array.duplicate().expandDims(0);
  }

  @Override
  public NDArray reduceScatter(NDArray array, Reduction reduction) {
    return array.get(0).duplicate();
  }

  @Override
  public void barrier() {}

  @Override
  public Optional<ProcessGroup> subgroup(List<Integer> ranks) {
    return ranks.equals(List.of(0)) ? Optional.of(this) : Optional.empty();
  }

  @Override
  public void close() {}
}
