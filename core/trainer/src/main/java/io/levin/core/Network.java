package io.levin.core;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.levin.LevinException;
import io.levin.MisconfigurationException;
import io.levin.module.LevinModule;
import io.levin.optim.NamedArray;
import io.levin.precision.PrecisionPlugin;
import io.levin.strategy.Shard;
import io.levin.strategy.Sharding;
import io.levin.strategy.Strategy;
import io.levin.torch.Casts;
import io.levin.torch.Transfer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A module's block, initialized in the run's numbers, with its arrays by path. Arrays belong to the
 * run's manager and never move: optimizers and gradients hold on to them.
 */
final class Network {
  private final Block block;
  private final ParameterStore store;
  private final List<NamedArray> parameters = new ArrayList<>();
  private final List<NamedArray> state = new ArrayList<>();
  private final StateDictNames names;
  private final Passengers passengers = new Passengers();
  private Sharding sharding;

  /**
   * Initializes the block where it is not yet.
   *
   * @param manager owner of the parameters
   * @param names of the arrays in files
   */
  Network(LevinModule module, PrecisionPlugin precision, NDManager manager, StateDictNames names) {
    this.block = module.block();
    this.names = names;
    initialize(module, manager);
    convert(block, precision.parameterType(), manager, module);
    collect(block, "");
    this.store = precision.parameterStore(block, manager);
  }

  private static void initialize(LevinModule module, NDManager manager) {
    if (module.block().isInitialized()) {
      return;
    }
    if (!Transfer.isDirect(manager.getDevice())) {
      // Drawn where others draw theirs, so that a seed gives the same numbers on every device.
      initialize(module, manager.newSubManager(Device.cpu()));
      return;
    }
    if (module.inputShapes().isEmpty()) {
      throw new MisconfigurationException(
          module.getClass().getSimpleName() + " does not say the shapes of its block's inputs.",
          "Give them to super: super(block, new Shape(1, FEATURES)).");
    }
    try {
      module
          .block()
          .initialize(manager, DataType.FLOAT32, module.inputShapes().toArray(Shape[]::new));
    } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
      throw LevinException.user(
          "The block of %s cannot be initialized with inputs %s: %s"
              .formatted(module.getClass().getSimpleName(), module.inputShapes(), e.getMessage()),
          "Check the shapes given to super(block, shapes…): the first axis is the batch.");
    }
  }

  /** Makes all floating parameters of the wanted type, on the device, with the values they have. */
  private static void convert(Block block, DataType type, NDManager manager, LevinModule module) {
    boolean converts = false;
    boolean moves = false;
    for (Parameter parameter : all(block)) {
      NDArray array = parameter.getArray();
      converts |= isFloating(array) && !Arrays.is(array, type);
      moves |= !array.getDevice().equals(manager.getDevice());
    }
    if (!converts && !moves) {
      return;
    }
    List<NDArray> values = new ArrayList<>();
    for (Parameter parameter : all(block)) {
      NDArray array = parameter.getArray();
      NDArray own = moves ? Transfer.to(manager, array) : array.duplicate();
      if (isFloating(own) && !Arrays.is(own, type)) {
        try (NDArray former = own) {
          own = Arrays.converted(former, type);
        }
      }
      values.add(own);
    }
    List<Parameter> parameters = all(block);
    for (int i = 0; i < parameters.size(); i++) {
      NDArray value = values.get(i);
      value.attach(manager);
      parameters.get(i).close();
      parameters.get(i).setShape(null);
      parameters.get(i).setArray(value);
    }
  }

  private static boolean isFloating(NDArray array) {
    return array.getDataType().isFloating() || Casts.isNarrow(array);
  }

  private static List<Parameter> all(Block block) {
    List<Parameter> parameters = new ArrayList<>();
    block.getParameters().forEach(pair -> parameters.add(pair.getValue()));
    return parameters;
  }

  private void collect(Block part, String path) {
    part.getDirectParameters()
        .forEach(
            pair -> {
              Parameter parameter = pair.getValue();
              NamedArray named = new NamedArray(path + pair.getKey(), parameter.getArray());
              state.add(named);
              if (parameter.requiresGradient()) {
                named.array().setRequiresGradient(true);
                parameters.add(named);
              }
            });
    part.getChildren().forEach(pair -> collect(pair.getValue(), path + pair.getKey() + "."));
  }

  /** From here on parameters are in parts, where the strategy keeps them so. */
  void divide(Strategy strategy) {
    if (strategy.sharding().isEmpty()) {
      return;
    }
    sharding = strategy.sharding().get();
    List<NamedArray> parts = sharding.divide(block, parameters);
    Map<String, NamedArray> byName = new LinkedHashMap<>();
    parts.forEach(part -> byName.put(part.name(), part));
    parameters.replaceAll(whole -> byName.get(whole.name()));
    state.replaceAll(whole -> byName.getOrDefault(whole.name(), whole));
  }

  /** Makes parameters whole again, after training. */
  void unite() {
    if (sharding != null) {
      sharding.unite();
      sharding = null;
      parameters.clear();
      state.clear();
      collect(block, "");
    }
  }

  NDList forward(NDList inputs, boolean training) {
    return sharding == null
        ? block.forward(store, inputs, training)
        : sharding.forward(block, store, inputs, training);
  }

  /** Which part of a parameter this process has; nothing where it has it whole. */
  Optional<Shard> shard(String parameter) {
    return sharding == null ? Optional.empty() : sharding.shard(parameter);
  }

  /** An array of a parameter's shape, said to be a part where it is one. */
  Object part(String parameter, NDArray array) {
    Optional<Shard> shard = shard(parameter);
    return shard.isPresent() && array.getShape().equals(shard.get().part())
        ? new Part(array, shard.get())
        : array;
  }

  /** Trainable arrays, or this process's parts of them. */
  List<NamedArray> parameters() {
    return parameters;
  }

  /** Trainable arrays and buffers, in the order of the state_dict. */
  List<NamedArray> state() {
    return state;
  }

  Map<String, Object> stateDict() {
    Map<String, Object> dict = new LinkedHashMap<>();
    state.forEach(named -> dict.put(names.inFile(named.name()), part(named.name(), named.array())));
    dict.putAll(passengers.tensors());
    return dict;
  }

  StateDictNames names() {
    return names;
  }

  Passengers passengers() {
    return passengers;
  }
}
