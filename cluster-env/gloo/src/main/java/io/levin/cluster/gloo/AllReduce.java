package io.levin.cluster.gloo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.levin.collective.Reduction;
import io.levin.torch.Collectives;
import io.levin.torch.TensorList;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One all-reduce of many arrays: a message for each dtype, and what is to be done afterwards. */
final class AllReduce implements Work {
  private final List<TensorList> parts = new ArrayList<>();
  private final Map<NDArray, NDArray> copies = new java.util.IdentityHashMap<>();
  private final NDManager scope;
  private final Reduction reduction;
  private final int size;

  /** Prepares; sends nothing. */
  AllReduce(List<? extends NDArray> arrays, Reduction reduction, int size, NDManager owner) {
    this.reduction = reduction;
    this.size = size;
    this.scope = owner.newSubManager();
    Map<Dtype, List<NDArray>> byDtype = new EnumMap<>(Dtype.class);
    for (NDArray array : arrays) {
      if (array.size() == 0) {
        continue;
      }
      Dtype dtype = Dtype.of(array);
      if (dtype.isNarrow()) {
        NDArray wide = Collectives.wide(array);
        wide.attach(scope);
        copies.put(array, wide);
        byDtype.computeIfAbsent(Dtype.FLOAT32, d -> new ArrayList<>()).add(wide);
      } else {
        byDtype.computeIfAbsent(dtype, d -> new ArrayList<>()).add(array);
      }
    }
    byDtype.values().forEach(list -> parts.add(TensorList.of(list)));
  }

  @Override
  public void start(Link link, Tags tags, int kind) {
    for (TensorList part : parts) {
      link.tag(tags.next(kind));
      Collectives.startAllReduce(part, reduction == Reduction.MAX ? "max" : "sum", link.name());
    }
  }

  @Override
  public void finish() {
    for (TensorList part : parts) {
      Collectives.await(part);
      if (reduction == Reduction.MEAN) {
        Collectives.divide(part, size);
      }
    }
    copies.forEach((array, wide) -> Collectives.copy(wide, array));
  }

  @Override
  public void drain() {
    for (TensorList part : parts) {
      Work.quietly(() -> Collectives.await(part));
    }
  }

  @Override
  public void close() {
    parts.forEach(TensorList::close);
    scope.close();
  }
}
