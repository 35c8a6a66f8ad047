package io.levin.optim.torch;

import io.levin.checkpoint.Tuple;
import io.levin.optim.NamedArray;
import io.levin.optim.ParameterGroup;
import io.levin.torch.Fused;
import io.levin.torch.TensorList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Adam and AdamW have in common. */
abstract class AdamFamily<S extends AdamFamily<S>> extends FusedOptimizer {
  static final String FIRST = "exp_avg";
  static final String SECOND = "exp_avg_sq";
  private static final String MAXIMA = "max_exp_avg_sq";
  private static final TensorList NONE = TensorList.of(List.of());

  AdamFamily(List<NamedArray> parameters, double lr, double weightDecay) {
    super(parameters);
    check("lr", lr, lr >= 0);
    Map<String, Double> options = new LinkedHashMap<>();
    options.put("lr", lr);
    options.put("beta1", 0.9);
    options.put("beta2", 0.999);
    options.put("eps", 1e-8);
    options.put("weight_decay", weightDecay);
    options.put("amsgrad", 0.0);
    options.put("maximize", 0.0);
    add(parameters, options);
  }

  abstract S self();

  abstract void fused(GroupLists lists, TensorList maxima, Fused.AdamOptions options);

  public S betas(double beta1, double beta2) {
    check("beta1", beta1, beta1 >= 0 && beta1 < 1);
    check("beta2", beta2, beta2 >= 0 && beta2 < 1);
    with("beta1", beta1);
    return with("beta2", beta2);
  }

  public S eps(double value) {
    check("eps", value, value >= 0);
    return with("eps", value);
  }

  public S weightDecay(double value) {
    check("weight_decay", value, value >= 0);
    return with("weight_decay", value);
  }

  public S amsgrad() {
    return with("amsgrad", 1);
  }

  /** Adds parameters with a learning rate of their own. */
  public S group(List<NamedArray> parameters, double lr) {
    Map<String, Double> options = new LinkedHashMap<>();
    ParameterGroup first = groups().get(0);
    first.optionNames().forEach(name -> options.put(name, first.option(name)));
    options.put("lr", lr);
    add(parameters, options);
    return self();
  }

  private S with(String name, double value) {
    groups().forEach(group -> group.option(name, value));
    return self();
  }

  @Override
  List<String> stateNames(ParameterGroup group) {
    return group.option("amsgrad") == 0
        ? List.of(GroupLists.STEP, FIRST, SECOND)
        : List.of(GroupLists.STEP, FIRST, SECOND, MAXIMA);
  }

  @Override
  void step(ParameterGroup group, GroupLists lists) {
    boolean amsgrad = group.option("amsgrad") != 0;
    fused(
        lists,
        amsgrad ? lists.list(MAXIMA) : NONE,
        new Fused.AdamOptions(
            group.lr(),
            group.option("beta1"),
            group.option("beta2"),
            group.option("weight_decay"),
            group.option("eps"),
            amsgrad,
            group.option("maximize") != 0));
  }

  @Override
  Map<String, Object> groupState(ParameterGroup group) {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("lr", group.lr());
    state.put("betas", Tuple.of(group.option("beta1"), group.option("beta2")));
    state.put("eps", group.option("eps"));
    state.put("weight_decay", group.option("weight_decay"));
    state.put("amsgrad", group.option("amsgrad") != 0);
    state.put("maximize", group.option("maximize") != 0);
    state.put("foreach", null);
    state.put("capturable", false);
    group.optionNames().stream()
        .filter(name -> !state.containsKey(name) && !name.startsWith("beta"))
        .forEach(name -> state.put(name, group.option(name)));
    return state;
  }

  @Override
  void loadGroupState(ParameterGroup group, Map<String, Object> saved) {
    for (String name : List.copyOf(group.optionNames())) {
      group.option(name, number(saved, name, group.option(name)));
    }
    Object kept = saved.get("betas");
    List<?> betas =
        kept instanceof Tuple tuple
            ? tuple.items()
            : kept instanceof List<?> list ? list : List.of();
    if (betas.size() == 2) {
      group.option("beta1", ((Number) betas.get(0)).doubleValue());
      group.option("beta2", ((Number) betas.get(1)).doubleValue());
    }
  }
}
