package io.levin.cluster.gloo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.levin.torch.Casts;
import io.levin.torch.Collectives;
import io.levin.torch.TensorList;
import java.util.List;

/** An array of every rank, for every rank. */
final class AllGather implements Work {
  private final NDArray row;
  private final NDArray out;
  private final TensorList list;
  private final NDManager scope;
  private final int size;

  AllGather(NDArray array, int size, NDManager owner) {
    this.size = size;
    this.scope = owner.newSubManager();
    this.row = array.expandDims(0);
    this.row.attach(scope);
    this.out = empty(array, new Shape(size).addAll(array.getShape()));
    this.list = TensorList.of(List.of(out));
  }

  /** An array of the same dtype and manager; DJL itself makes none of bfloat16. */
  static NDArray empty(NDArray like, Shape shape) {
    NDManager manager = like.getManager();
    if (Dtype.of(like) != Dtype.BFLOAT16) {
      return manager.zeros(shape, like.getDataType());
    }
    try (NDArray zeros = manager.zeros(shape, DataType.FLOAT32)) {
      return Casts.toBf16(zeros);
    }
  }

  @Override
  public void start(Link link, Tags tags, int kind) {
    if (out.size() > 0) {
      link.tag(tags.next(kind));
      Collectives.startAllGather(row, out, size, link.name());
    }
  }

  @Override
  public void finish() {
    Collectives.await(list);
  }

  @Override
  public void drain() {
    Work.quietly(() -> Collectives.await(list));
    out.close();
  }

  NDArray result() {
    return out;
  }

  @Override
  public void close() {
    list.close();
    scope.close();
  }
}
