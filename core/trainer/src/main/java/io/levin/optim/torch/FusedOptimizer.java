package io.levin.optim.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.levin.LevinException;
import io.levin.optim.NamedArray;
import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import io.levin.torch.Casts;
import io.levin.torch.TensorList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What SGD, Adam and AdamW have in common: groups, gradients, state in PyTorch's shape.
 *
 * <p>Parameters that have no gradient are left alone. When one gets its first gradient, the lists
 * handed to libtorch are made anew; otherwise a step costs one native call a group.
 */
abstract class FusedOptimizer implements Optimizer, TorchGradients {
  private final List<ParameterGroup> groups = new ArrayList<>();
  private final List<GroupLists> lists = new ArrayList<>();
  private final NDManager manager;

  FusedOptimizer(List<NamedArray> parameters) {
    if (parameters.isEmpty()) {
      throw LevinException.user(
          name() + " was given no parameters.", "Give it parameters() of the module.");
    }
    manager = NDManager.newBaseManager(parameters.get(0).array().getDevice());
  }

  /** Adds a group; options not given are those of the first group. */
  final void add(List<NamedArray> parameters, Map<String, Double> options) {
    ParameterGroup group = new ParameterGroup(parameters, options);
    groups.add(group);
    lists.add(new GroupLists(group, manager, () -> stateNames(group)));
  }

  /** Names of the per-parameter arrays in state, shaped like the parameter. */
  abstract List<String> stateNames(ParameterGroup group);

  /** Steps one group; its lists hold the parameters that have gradients. */
  abstract void step(ParameterGroup group, GroupLists lists);

  /** PyTorch's entry of a group in {@code param_groups}, but for the parameters. */
  abstract Map<String, Object> groupState(ParameterGroup group);

  abstract void loadGroupState(ParameterGroup group, Map<String, Object> state);

  @Override
  public final List<ParameterGroup> groups() {
    return groups;
  }

  @Override
  public final void step() {
    for (int i = 0; i < groups.size(); i++) {
      GroupLists group = lists.get(i);
      if (group.refresh()) {
        step(groups.get(i), group);
        group.stepped();
      }
    }
  }

  @Override
  public final void zeroGrad() {
    for (GroupLists group : lists) {
      if (group.refresh()) {
        group.zeroGradients();
      }
    }
  }

  @Override
  public final List<TensorList> gradients() {
    List<TensorList> all = new ArrayList<>(lists.size());
    for (GroupLists group : lists) {
      if (group.refresh()) {
        all.add(group.gradients());
      }
    }
    return all;
  }

  @Override
  public final Map<String, Object> stateDict() {
    Map<Object, Object> state = new LinkedHashMap<>();
    List<Object> groupStates = new ArrayList<>();
    long index = 0;
    for (int i = 0; i < groups.size(); i++) {
      List<Object> indices = new ArrayList<>();
      for (int k = 0; k < groups.get(i).parameters().size(); k++) {
        Map<String, Object> own = lists.get(i).state(k);
        if (!own.isEmpty()) {
          state.put(index, own);
        }
        indices.add(index++);
      }
      Map<String, Object> group = new LinkedHashMap<>(groupState(groups.get(i)));
      group.put("params", indices);
      groupStates.add(group);
    }
    Map<String, Object> dict = new LinkedHashMap<>();
    dict.put("state", state);
    dict.put("param_groups", groupStates);
    return dict;
  }

  @Override
  @SuppressWarnings("unchecked") // checked by shape before use
  public final void loadStateDict(Map<String, Object> dict) {
    Map<Object, Object> state = (Map<Object, Object>) dict.getOrDefault("state", Map.of());
    List<?> savedGroups = (List<?>) dict.getOrDefault("param_groups", List.of());
    if (savedGroups.size() != groups.size()) {
      throw differs("%d parameter groups".formatted(savedGroups.size()), groups.size() + "");
    }
    for (int i = 0; i < groups.size(); i++) {
      Map<String, Object> saved = (Map<String, Object>) savedGroups.get(i);
      List<?> indices = (List<?>) saved.getOrDefault("params", List.of());
      List<NamedArray> parameters = groups.get(i).parameters();
      if (indices.size() != parameters.size()) {
        throw differs(
            "%d parameters in group %d".formatted(indices.size(), i), parameters.size() + "");
      }
      loadGroupState(groups.get(i), saved);
      for (int k = 0; k < parameters.size(); k++) {
        Object own = state.get(((Number) indices.get(k)).longValue());
        if (own != null) {
          lists.get(i).load(k, (Map<String, Object>) own);
        }
      }
    }
  }

  private LevinException differs(String saved, String here) {
    return LevinException.user(
        "The checkpoint's %s has %s, here there are %s.".formatted(name(), saved, here),
        "Make the optimizer as it was when the checkpoint was kept.");
  }

  /** A number of a saved group; PyTorch keeps switches as booleans. */
  static double number(Map<String, Object> saved, String key, double otherwise) {
    Object value = saved.get(key);
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return value instanceof Number number ? number.doubleValue() : otherwise;
  }

  static void check(String name, double value, boolean good) {
    if (!good) {
      throw LevinException.user(
          "%s is %s, which no optimizer can use.".formatted(name, value),
          "Give a number that is not negative" + (name.startsWith("beta") ? ", below 1." : "."));
    }
  }

  /** State of a parameter's shape; of its type too, but in 32 bits for one of 16. */
  static NDArray zerosLike(NDArray parameter, NDManager owner) {
    return owner.zeros(
        parameter.getShape(),
        Casts.isNarrow(parameter) ? DataType.FLOAT32 : parameter.getDataType());
  }

  @Override
  public final void close() {
    lists.forEach(GroupLists::close);
    manager.close();
  }
}
