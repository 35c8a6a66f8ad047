package io.levin.strategy.builtin;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.levin.torch.CastParameters;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Shows blocks whole parameters, gathering the unit of each that is asked for. */
final class GatheredParameters extends ParameterStore {
  private final Map<Parameter, Divided> divided = new IdentityHashMap<>();
  private final Map<Parameter, Unit> units = new IdentityHashMap<>();
  private final Set<Unit> used = Collections.newSetFromMap(new IdentityHashMap<>());
  private final ParameterStore others;

  /**
   * @param others the precision's own store: for parameters that are not divided, and for the types
   *     of those that are
   */
  GatheredParameters(List<Unit> all, ParameterStore others) {
    super(others.getManager(), false);
    this.others = others;
    for (Unit unit : all) {
      for (Divided member : unit.members()) {
        divided.put(member.parameter(), member);
        units.put(member.parameter(), unit);
      }
    }
  }

  @Override
  public NDArray getValue(Parameter parameter, Device device, boolean training) {
    Unit unit = parameter == null ? null : units.get(parameter);
    if (unit == null) {
      return others.getValue(parameter, device, training);
    }
    used.add(unit);
    unit.open(this::type);
    return unit.leaf(divided.get(parameter));
  }

  /** The type in which blocks see a parameter; UNKNOWN is bfloat16. */
  DataType type(Parameter parameter) {
    return others instanceof CastParameters casts
        ? casts.type(parameter)
        : parameter.getArray().getDataType();
  }

  /** The units asked for since this was last called. */
  List<Unit> used() {
    List<Unit> since = List.copyOf(used);
    used.clear();
    return since;
  }
}
