package io.levin.optim.torch;

import io.levin.optim.NamedArray;
import io.levin.optim.ParameterGroup;
import io.levin.torch.Fused;
import io.levin.torch.TensorList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent with momentum, Nesterov's momentum and weight decay, as PyTorch's.
 */
public final class SGD extends FusedOptimizer {
  private static final String MOMENTUM_BUFFER = "momentum_buffer";
  private static final TensorList NONE = TensorList.of(List.of());

  public SGD(List<NamedArray> parameters, double lr) {
    super(parameters);
    check("lr", lr, lr >= 0);
    Map<String, Double> options = new LinkedHashMap<>();
    options.put("lr", lr);
    options.put("momentum", 0.0);
    options.put("dampening", 0.0);
    options.put("weight_decay", 0.0);
    options.put("nesterov", 0.0);
    options.put("maximize", 0.0);
    add(parameters, options);
  }

  public SGD momentum(double value) {
    check("momentum", value, value >= 0);
    return with("momentum", value);
  }

  public SGD dampening(double value) {
    return with("dampening", value);
  }

  public SGD weightDecay(double value) {
    check("weight_decay", value, value >= 0);
    return with("weight_decay", value);
  }

  public SGD nesterov() {
    return with("nesterov", 1);
  }

  /** Adds parameters with a learning rate of their own. */
  public SGD group(List<NamedArray> parameters, double lr) {
    Map<String, Double> options = new LinkedHashMap<>();
    ParameterGroup first = groups().get(0);
    first.optionNames().forEach(name -> options.put(name, first.option(name)));
    options.put("lr", lr);
    add(parameters, options);
    return this;
  }

  private SGD with(String name, double value) {
    groups().forEach(group -> group.option(name, value));
    return this;
  }

  @Override
  List<String> stateNames(ParameterGroup group) {
    return group.option("momentum") == 0 ? List.of() : List.of(MOMENTUM_BUFFER);
  }

  @Override
  void step(ParameterGroup group, GroupLists lists) {
    boolean hasMomentum = group.option("momentum") != 0;
    if (!hasMomentum && group.option("weight_decay") == 0) {
      lists.addGradients(group.option("maximize") != 0 ? group.lr() : -group.lr());
      return;
    }
    Fused.sgd(
        lists.parameters(),
        lists.gradients(),
        hasMomentum ? lists.list(MOMENTUM_BUFFER) : NONE,
        new Fused.SgdOptions(
            group.lr(),
            group.option("weight_decay"),
            group.option("momentum"),
            group.option("dampening"),
            group.option("nesterov") != 0,
            group.option("maximize") != 0),
        lists.isFresh());
  }

  @Override
  Map<String, Object> groupState(ParameterGroup group) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("lr", group.lr());
    state.put("momentum", group.option("momentum"));
    state.put("dampening", group.option("dampening"));
    state.put("weight_decay", group.option("weight_decay"));
    state.put("nesterov", group.option("nesterov") != 0);
    state.put("maximize", group.option("maximize") != 0);
    state.put("foreach", null);
    group.optionNames().stream()
        .filter(name -> !state.containsKey(name))
        .forEach(name -> state.put(name, group.option(name)));
    return state;
  }

  @Override
  void loadGroupState(ParameterGroup group, Map<String, Object> saved) {
    for (String name : List.copyOf(group.optionNames())) {
      group.option(name, number(saved, name, group.option(name)));
    }
  }
}
