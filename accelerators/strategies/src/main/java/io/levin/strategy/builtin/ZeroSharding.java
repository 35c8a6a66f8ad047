package io.levin.strategy.builtin;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import io.levin.collective.Exchange;
import io.levin.collective.ProcessGroup;
import io.levin.collective.Reduction;
import io.levin.optim.NamedArray;
import io.levin.strategy.Shard;
import io.levin.strategy.Sharding;
import io.levin.torch.Casts;
import io.levin.torch.Shards;
import io.levin.torch.TensorList;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** ZeRO: the state of training in parts, by stages; see {@link Stage}. */
final class ZeroSharding implements Sharding, AutoCloseable {
  private final Stage stage;
  private final ProcessGroup group;
  private final NDManager owner;
  private final Map<String, Divided> divided = new LinkedHashMap<>();
  private final List<Unit> units = new ArrayList<>();
  private final Tape tape = new Tape();
  private List<Stretch> stretches = List.of();
  private GatheredParameters store;

  ZeroSharding(Stage stage, ProcessGroup group, Device device) {
    this.stage = stage;
    this.group = group;
    this.owner = NDManager.newBaseManager(device);
  }

  @Override
  public List<NamedArray> divide(Block block, List<NamedArray> parameters) {
    broadcast(block);
    Map<NDArray, Parameter> byArray = new IdentityHashMap<>();
    block.getParameters().values().forEach(p -> byArray.put(p.getArray(), p));
    for (NamedArray array : parameters) {
      // One array under two names is divided once.
      Parameter parameter = byArray.remove(array.array());
      if (parameter != null && array.array().size() > 0) {
        Shard shard = Shard.of(array.array().getShape(), group.rank(), group.size());
        divided.put(array.name(), new Divided(array, parameter, shard, stage != Stage.PARAMETERS));
      }
    }
    stretches = Stretch.of(Chain.of(block));
    collectUnits();
    return parameters.stream()
        .map(array -> divided.containsKey(array.name()) ? divided.get(array.name()).named() : array)
        .toList();
  }

  private void broadcast(Block block) {
    List<NDArray> arrays =
        block.getParameters().values().stream().map(Parameter::getArray).distinct().toList();
    if (!arrays.isEmpty()) {
      group.broadcast(arrays, 0);
    }
  }

  private void collectUnits() {
    Map<Parameter, Divided> left = new IdentityHashMap<>();
    divided.values().forEach(member -> left.put(member.parameter(), member));
    for (Stretch stretch : stretches) {
      List<Divided> members = new ArrayList<>();
      for (Block part : stretch.blocks()) {
        part.getParameters().values().stream()
            .filter(left::containsKey)
            .forEach(parameter -> members.add(left.remove(parameter)));
      }
      if (!members.isEmpty()) {
        units.add(new Unit(members, stage, group, owner));
      }
    }
  }

  @Override
  public void unite() {
    tape.clear();
    units.forEach(Unit::unite);
    units.clear();
    divided.clear();
    store = null;
  }

  @Override
  public NDList forward(Block block, ParameterStore parameters, NDList inputs, boolean training) {
    if (units.isEmpty()) {
      return block.forward(parameters, inputs, training);
    }
    if (store == null) {
      store = new GatheredParameters(units, parameters);
    }
    boolean records = JniUtils.isGradMode();
    NDList current = inputs;
    for (int i = 0; i < stretches.size(); i++) {
      current = stretches.get(i).forward(store, current, training);
      List<Unit> used = store.used();
      for (Unit unit : used) {
        unit.keepWhatIsSeenIn(current);
      }
      if (records) {
        current = tape.cut(current, used, i == stretches.size() - 1);
      }
      for (Unit unit : used) {
        if (tape.needs(unit)) {
          unit.rest();
        } else {
          unit.drop();
        }
      }
    }
    return current;
  }

  @Override
  public void backward(NDArray loss, Consumer<NDArray> engine) {
    engine.accept(loss);
    if (store != null) {
      tape.backward(store::type);
    }
  }

  /** The end of a window, or a batch within one. */
  void afterBackward(boolean endsWindow) {
    if (endsWindow) {
      units.forEach(Unit::settle);
    } else {
      tape.clear();
    }
  }

  /** The end of an optimizer's step. */
  void stepped(boolean hasChanged) {
    tape.clear();
    if (hasChanged && stage != Stage.PARAMETERS) {
      units.forEach(Unit::publish);
    }
  }

  @Override
  public Optional<Shard> shard(String parameter) {
    return Optional.ofNullable(divided.get(parameter)).map(Divided::shard);
  }

  @Override
  public NDArray whole(NDArray part, Shard shard) {
    long room = Shard.of(shard.whole(), 0, group.size()).part().size();
    NDArray whole = Casts.zeros(owner, shard.whole(), part.getDataType());
    try (NDManager scope = owner.newSubManager();
        TensorList parts = TensorList.of(List.of(part));
        TensorList wholes = TensorList.of(List.of(whole))) {
      NDArray row = Casts.zeros(scope, new Shape(room), part.getDataType());
      Shards.packParts(row, parts, new long[] {0});
      NDArray all = group.allGather(row);
      Shards.unpack(all, wholes, group.size());
    }
    return whole;
  }

  @Override
  public double sum(double value) {
    return Exchange.reduce(group, Reduction.SUM, value)[0];
  }

  @Override
  public void close() {
    owner.close();
  }
}
