package io.levin.cluster.gloo;

import ai.djl.ndarray.NDArray;
import io.levin.torch.Collectives;
import io.levin.torch.TensorList;
import java.util.ArrayList;
import java.util.List;

/** Many arrays sent by one rank to all. */
final class Broadcast implements Work {
  private final List<NDArray> arrays = new ArrayList<>();
  private final TensorList list;
  private final int source;

  Broadcast(List<? extends NDArray> originals, int source) {
    this.source = source;
    for (NDArray array : originals) {
      if (array.size() != 0) {
        arrays.add(array);
      }
    }
    this.list = TensorList.of(arrays);
  }

  @Override
  public void start(Link link, Tags tags, int kind) {
    for (NDArray array : arrays) {
      link.tag(tags.next(kind));
      Collectives.startBroadcast(array, source, link.name());
    }
  }

  @Override
  public void finish() {
    if (list.size() > 0) {
      Collectives.await(list);
    }
  }

  @Override
  public void drain() {
    for (NDArray array : arrays) {
      try (TensorList one = TensorList.of(List.of(array))) {
        Work.quietly(() -> Collectives.await(one));
      }
    }
  }

  @Override
  public void close() {
    list.close();
  }
}
