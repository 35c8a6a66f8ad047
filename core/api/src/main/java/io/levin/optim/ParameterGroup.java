package io.levin.optim;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parameters that are stepped with the same options. Options are mutable between steps (schedulers
 * set {@code lr}); not thread-safe.
 */
public final class ParameterGroup {
  private final List<NamedArray> parameters;
  private final Map<String, Double> options = new LinkedHashMap<>();

  /**
   * @param parameters trainable arrays, in state_dict order
   * @param options numbers such as {@code lr}, {@code weight_decay}
   */
  public ParameterGroup(List<NamedArray> parameters, Map<String, Double> options) {
    this.parameters = List.copyOf(parameters);
    this.options.putAll(options);
  }

  public List<NamedArray> parameters() {
    return parameters;
  }

  public List<NDArray> arrays() {
    return parameters.stream().map(NamedArray::array).toList();
  }

  /** Names of the options, in the order of the state_dict. */
  public Set<String> optionNames() {
    return options.keySet();
  }

  public double option(String name) {
    Double value = options.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "no option '" + name + "' in this parameter group; it has " + options.keySet());
    }
    return value;
  }

  public double optionOr(String name, double otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  public void option(String name, double value) {
    options.put(name, value);
  }

  public double lr() {
    return option("lr");
  }

  public void lr(double value) {
    options.put("lr", value);
  }
}
