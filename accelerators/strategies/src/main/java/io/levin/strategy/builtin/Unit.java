package io.levin.strategy.builtin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.levin.collective.ProcessGroup;
import io.levin.torch.Casts;
import io.levin.torch.Foreach;
import io.levin.torch.Gradient;
import io.levin.torch.Storages;
import io.levin.torch.TensorList;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The parameters that are gathered, reduced and given back together. What the block computes with
 * are leaves, made for one pass forward and back: autograd leaves the gradients at them, and they
 * are gone with them. Between the two passes a leaf may be without memory.
 */
final class Unit {
  private final List<Divided> members;
  private final Stage stage;
  private final ProcessGroup group;
  private final NDManager owner;
  private final Map<Divided, NDArray> leaves = new IdentityHashMap<>();
  private final Map<Divided, NDArray> pending = new IdentityHashMap<>();
  private List<Message> gathers;
  private List<Message> publishes;
  private boolean present;
  private boolean isSeen;

  /**
   * @param owner of what a pass needs
   */
  Unit(List<Divided> members, Stage stage, ProcessGroup group, NDManager owner) {
    this.members = List.copyOf(members);
    this.stage = stage;
    this.group = group;
    this.owner = owner;
  }

  List<Divided> members() {
    return members;
  }

  NDArray leaf(Divided member) {
    return leaves.get(member);
  }

  /**
   * Makes the leaves, or gives them their memory and values again.
   *
   * @param type in which the block sees a parameter
   */
  void open(Function<Parameter, DataType> type) {
    if (present) {
      return;
    }
    if (stage != Stage.PARAMETERS) {
      members.forEach(member -> leaves.put(member, leafOf(member, type.apply(member.parameter()))));
      present = true;
      return;
    }
    for (Divided member : members) {
      NDArray leaf = leaves.get(member);
      if (leaf != null) {
        Storages.allocate(leaf);
      } else {
        DataType seen = type.apply(member.parameter());
        leaves.put(member, leaf(member, Casts.zeros(owner, member.shape(), seen)));
      }
    }
    present = true;
    if (gathers == null) {
      gathers = Message.of(members, member -> leaves.get(member).getDataType(), group);
    }
    gathers.forEach(message -> message.gather(leaves::get, owner));
  }

  private NDArray leafOf(Divided member, DataType type) {
    NDArray whole = member.whole();
    if (type == whole.getDataType()) {
      return leaf(member, whole.stopGradient());
    }
    try (NDArray cast = type == DataType.FLOAT16 ? Casts.toFp16(whole) : Casts.toBf16(whole)) {
      return leaf(member, cast.stopGradient());
    }
  }

  private NDArray leaf(Divided member, NDArray array) {
    array.attach(owner);
    array.setRequiresGradient(JniUtils.requiresGrad((PtNDArray) member.part()));
    return array;
  }

  /** Keeps the leaves' memory until the pass ends, where what a block gave lies in it. */
  void keepWhatIsSeenIn(NDList outputs) {
    for (NDArray output : outputs) {
      isSeen |= leaves.values().stream().anyMatch(leaf -> Storages.share(leaf, output));
    }
  }

  /** Gives the leaves' memory back until the next {@link #open}, where it is theirs alone. */
  void rest() {
    if (present && stage == Stage.PARAMETERS && !isSeen) {
      leaves.values().forEach(Storages::release);
      present = false;
    }
  }

  /** Takes in the gradients that backward left at the leaves, and lets the leaves go. */
  void reduce() {
    Map<Divided, NDArray> gradients = new IdentityHashMap<>();
    List<Divided> present = new ArrayList<>();
    for (Divided member : members) {
      NDArray leaf = leaves.get(member);
      NDArray gradient = leaf == null ? null : Gradient.of(leaf);
      if (gradient != null) {
        gradients.put(member, gradient);
        present.add(member);
      }
    }
    if (stage == Stage.OPTIMIZER) {
      present.forEach(member -> keep(member, gradients.get(member)));
    } else {
      share(present, gradients);
    }
    // Arrays of this batch still hold the passes' nodes, and these the leaves and gradients.
    gradients.values().forEach(Storages::releaseUnshared);
    gradients.values().forEach(NDArray::close);
    drop();
  }

  private void share(List<Divided> present, Map<Divided, NDArray> gradients) {
    Message.of(present, Divided::type, group)
        .forEach(message -> message.reduce(gradients::get, owner));
  }

  /** Gradients of a window that are whole until its end. */
  private void keep(Divided member, NDArray gradient) {
    NDArray sum =
        pending.computeIfAbsent(
            member,
            key -> {
              NDArray zeros = Casts.zeros(owner, member.shape(), member.type());
              zeros.attach(owner);
              return zeros;
            });
    boolean isWide = gradient.getDataType() == member.type();
    NDArray wide = isWide ? gradient : Casts.toFp32(gradient);
    try (TensorList to = TensorList.of(List.of(sum));
        TensorList from = TensorList.of(List.of(wide))) {
      Foreach.add(to, from, 1);
    } finally {
      if (!isWide) {
        wide.close();
      }
    }
  }

  /** The end of a window: what was kept of it is shared. */
  void settle() {
    if (pending.isEmpty()) {
      return;
    }
    share(members.stream().filter(pending::containsKey).toList(), pending);
    try (TensorList list = TensorList.of(List.copyOf(pending.values()))) {
      Foreach.zero(list);
    }
  }

  /** Gives every rank the rows that the others have stepped. */
  void publish() {
    if (publishes == null) {
      publishes = Message.of(members, Divided::type, group);
    }
    publishes.forEach(message -> message.gather(Divided::whole, owner));
  }

  /** Ends a pass. */
  void drop() {
    rest();
    isSeen = false;
    leaves.values().forEach(NDArray::close);
    leaves.clear();
    present = false;
  }

  /** Puts whole parameters into the block for good. */
  void unite() {
    drop();
    if (stage != Stage.PARAMETERS) {
      members.forEach(member -> member.whole().setRequiresGradient(true));
      return;
    }
    Map<Divided, NDArray> wholes = new IdentityHashMap<>();
    for (Divided member : members) {
      NDArray whole = Casts.zeros(member.part().getManager(), member.shape(), member.type());
      wholes.put(member, whole);
    }
    Message.of(members, Divided::type, group)
        .forEach(message -> message.gather(wholes::get, owner));
    wholes.forEach(Divided::put);
  }
}
