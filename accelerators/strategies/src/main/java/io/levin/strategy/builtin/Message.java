package io.levin.strategy.builtin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.levin.collective.ProcessGroup;
import io.levin.collective.Reduction;
import io.levin.torch.Casts;
import io.levin.torch.Shards;
import io.levin.torch.TensorList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Parameters of one type that travel together. */
final class Message {
  private final List<Divided> members;
  private final DataType type;
  private final ProcessGroup group;
  private final long[] offsets;
  private final long length;

  private Message(List<Divided> members, DataType type, ProcessGroup group) {
    this.members = members;
    this.type = type;
    this.group = group;
    offsets = new long[members.size()];
    long end = 0;
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = end;
      end += members.get(i).room(group.size());
    }
    length = end;
  }

  /**
   * A message for each type.
   *
   * @param type in which a parameter travels
   */
  static List<Message> of(
      List<Divided> members, Function<Divided, DataType> type, ProcessGroup group) {
    Map<DataType, List<Divided>> byType = new LinkedHashMap<>();
    for (Divided member : members) {
      byType.computeIfAbsent(type.apply(member), key -> new ArrayList<>()).add(member);
    }
    List<Message> messages = new ArrayList<>();
    byType.forEach((key, list) -> messages.add(new Message(list, key, group)));
    return messages;
  }

  /**
   * Brings the parts of all ranks together.
   *
   * @param wholes filled; one for each member
   */
  void gather(Function<Divided, NDArray> wholes, NDManager owner) {
    try (NDManager scope = owner.newSubManager();
        TensorList parts = list(Divided::part);
        TensorList targets = list(wholes)) {
      NDArray row = Casts.zeros(scope, new Shape(length), type);
      row.attach(scope);
      Shards.packParts(row, parts, offsets);
      NDArray all = group.allGather(row);
      all.attach(scope);
      Shards.unpack(all, targets, group.size());
    }
  }

  /**
   * Adds the mean over all ranks of whole gradients to those of the parts. Each rank takes its row
   * of a reduction of all of them: libtorch's Gloo has no reduce-scatter that does less.
   */
  void reduce(Function<Divided, NDArray> gradients, NDManager owner) {
    try (NDManager scope = owner.newSubManager();
        TensorList wholes = list(gradients);
        TensorList parts = list(Divided::gradient)) {
      NDArray all = Casts.zeros(scope, new Shape(group.size(), length), type);
      all.attach(scope);
      Shards.pack(all, wholes, group.size());
      group.allReduce(all, Reduction.MEAN);
      try (NDArray row = all.get(group.rank())) {
        Shards.addParts(row, parts, offsets);
      }
    }
  }

  private TensorList list(Function<Divided, NDArray> arrays) {
    return TensorList.of(members.stream().map(arrays).toList());
  }
}
