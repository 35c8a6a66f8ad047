package io.levin.cluster.gloo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.levin.torch.Collectives;
import io.levin.torch.TensorList;
import java.util.List;

/** A sum that nobody reads: it is there when everyone has come. */
final class Barrier implements Work {
  private final NDArray token;
  private final TensorList list;

  Barrier(NDManager owner) {
    token = owner.zeros(new Shape(1));
    list = TensorList.of(List.of(token));
  }

  @Override
  public void start(Link link, Tags tags, int kind) {
    link.tag(tags.next(kind));
    Collectives.startAllReduce(list, "sum", link.name());
  }

  @Override
  public void finish() {
    Collectives.await(list);
  }

  @Override
  public void drain() {
    Work.quietly(() -> Collectives.await(list));
  }

  @Override
  public void close() {
    list.close();
    token.close();
  }
}
