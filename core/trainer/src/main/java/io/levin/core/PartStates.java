package io.levin.core;

import ai.djl.ndarray.NDArray;
import io.levin.checkpoint.Tensor;
import io.levin.optim.NamedArray;
import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import io.levin.strategy.Shard;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of an optimizer that steps parts of parameters, and its place in checkpoints, where all
 * state is of whole parameters, whoever kept it.
 */
final class PartStates {
  private final Network network;

  PartStates(Network network) {
    this.network = network;
  }

  /** An optimizer's state, with what is of parts said to be so. */
  Map<String, Object> of(Optimizer optimizer) {
    Map<String, Object> dict = new LinkedHashMap<>(optimizer.stateDict());
    Map<Object, Object> states = new LinkedHashMap<>(states(dict));
    eachParameter(
        optimizer,
        dict,
        (index, name) ->
            states.computeIfPresent(
                index,
                (key, state) -> {
                  Map<Object, Object> parts = new LinkedHashMap<>((Map<?, ?>) state);
                  parts.replaceAll(
                      (what, value) ->
                          value instanceof NDArray array ? network.part(name, array) : value);
                  return parts;
                }));
    dict.put("state", states);
    return dict;
  }

  /** What this process needs of a saved state: no more of it will be read. */
  Map<String, Object> cut(Optimizer optimizer, Map<String, Object> saved) {
    Map<String, Object> dict = new LinkedHashMap<>(saved);
    Map<Object, Object> states = new LinkedHashMap<>(states(saved));
    eachParameter(
        optimizer,
        saved,
        (index, name) -> {
          Optional<Shard> shard = network.shard(name);
          if (shard.isPresent()) {
            states.computeIfPresent(index, (key, state) -> cut((Map<?, ?>) state, shard.get()));
          }
        });
    dict.put("state", states);
    return dict;
  }

  /** Null for nothing: where this process has no rows, even a count of steps has no meaning. */
  private static Map<Object, Object> cut(Map<?, ?> state, Shard shard) {
    if (shard.part().size() == 0) {
      return null;
    }
    Map<Object, Object> parts = new LinkedHashMap<>(state);
    parts.replaceAll((what, value) -> value instanceof Tensor whole ? cut(whole, shard) : value);
    return parts;
  }

  /** The rows of a tensor that a shard is about; any other tensor as it is. */
  static Tensor cut(Tensor whole, Shard shard) {
    if (shard.whole().dimension() == 0
        || !java.util.Arrays.equals(whole.shape(), shard.whole().getShape())) {
      return whole;
    }
    return new Tensor(
        whole.dtype(),
        shard.part().getShape(),
        whole.stride(),
        whole.offset() + shard.first() * whole.stride()[0],
        whole.storage(),
        whole.parameter());
  }

  private static Map<?, ?> states(Map<String, Object> dict) {
    return dict.get("state") instanceof Map<?, ?> states ? states : Map.of();
  }

  private interface Visitor {
    void visit(Object index, String parameter);
  }

  /** Groups say under which index the state of each parameter is. */
  private static void eachParameter(
      Optimizer optimizer, Map<String, Object> dict, Visitor visitor) {
    List<?> groups = dict.get("param_groups") instanceof List<?> list ? list : List.of();
    for (int i = 0; i < Math.min(groups.size(), optimizer.groups().size()); i++) {
      ParameterGroup own = optimizer.groups().get(i);
      List<NamedArray> parameters = own.parameters();
      if (groups.get(i) instanceof Map<?, ?> group && group.get("params") instanceof List<?> ids) {
        for (int k = 0; k < Math.min(ids.size(), parameters.size()); k++) {
          visitor.visit(((Number) ids.get(k)).longValue(), parameters.get(k).name());
        }
      }
    }
  }
}
