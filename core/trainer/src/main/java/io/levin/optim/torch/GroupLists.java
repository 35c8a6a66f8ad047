package io.levin.optim.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.levin.LevinException;
import io.levin.checkpoint.Tensor;
import io.levin.optim.NamedArray;
import io.levin.optim.ParameterGroup;
import io.levin.torch.Foreach;
import io.levin.torch.Gradient;
import io.levin.torch.LazyDevice;
import io.levin.torch.TensorList;
import io.levin.torch.Transfer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One group's parameters with gradients, and their state, as lists for libtorch. */
final class GroupLists implements AutoCloseable {
  /** Counts steps as PyTorch does: a float32 scalar a parameter. */
  static final String STEP = "step";

  private final List<NamedArray> parameters;
  private final NDManager manager;
  private final Supplier<List<String>> stateNames;
  private final NDArray[] gradients;
  private final List<Map<String, NDArray>> states = new ArrayList<>();
  private final Map<String, TensorList> lists = new LinkedHashMap<>();
  private TensorList parameterList;
  private TensorList gradientList;
  private SmallArrays smallGradients;
  private SmallArrays smallParameters;
  private int missing;
  private boolean fresh = true;

  GroupLists(ParameterGroup group, NDManager manager, Supplier<List<String>> stateNames) {
    this.parameters = group.parameters();
    this.manager = manager;
    this.stateNames = stateNames;
    this.gradients = new NDArray[parameters.size()];
    this.missing = parameters.size();
    parameters.forEach(parameter -> states.add(new LinkedHashMap<>()));
  }

  /** Looks for gradients that have come to be; gives whether there is any. */
  boolean refresh() {
    if (missing > 0) {
      int before = missing;
      for (int i = 0; i < gradients.length; i++) {
        if (gradients[i] == null) {
          gradients[i] = Gradient.of(parameters.get(i).array());
          if (gradients[i] != null) {
            gradients[i].attach(manager);
            missing--;
          }
        }
      }
      if (missing < before) {
        rebuild();
      }
    }
    return missing < gradients.length;
  }

  private void rebuild() {
    closeLists();
    List<String> names = stateNames.get();
    List<NDArray> present = new ArrayList<>();
    List<NDArray> grads = new ArrayList<>();
    Map<String, List<NDArray>> state = new LinkedHashMap<>();
    names.forEach(name -> state.put(name, new ArrayList<>()));
    for (int i = 0; i < gradients.length; i++) {
      if (gradients[i] == null) {
        continue;
      }
      present.add(parameters.get(i).array());
      grads.add(gradients[i]);
      for (String name : names) {
        state.get(name).add(stateArray(i, name));
      }
    }
    smallGradients = SmallArrays.of(grads);
    smallParameters = SmallArrays.of(present);
    parameterList = TensorList.of(present);
    gradientList = TensorList.of(grads);
    state.forEach((name, arrays) -> lists.put(name, TensorList.of(arrays)));
  }

  private NDArray stateArray(int index, String name) {
    return states
        .get(index)
        .computeIfAbsent(
            name,
            key -> {
              fresh = true;
              return key.equals(STEP)
                  ? manager.zeros(new Shape(), DataType.FLOAT32, whereStepsAre())
                  : FusedOptimizer.zerosLike(parameters.get(index).array(), manager);
            });
  }

  /** With the parameters, but for lazy ones: there the update reads them. */
  private Device whereStepsAre() {
    return LazyDevice.is(manager.getDevice()) ? Device.cpu() : manager.getDevice();
  }

  TensorList parameters() {
    return parameterList;
  }

  TensorList gradients() {
    return gradientList;
  }

  void zeroGradients() {
    if (smallGradients == null) {
      Foreach.zero(gradientList);
    } else {
      smallGradients.zero();
    }
  }

  /** Adds the gradients, times a factor, to the parameters. */
  void addGradients(double factor) {
    if (smallGradients == null
        || smallParameters == null
        || !smallParameters.add(smallGradients, (float) factor)) {
      Foreach.add(parameterList, gradientList, factor);
    }
  }

  TensorList list(String name) {
    return lists.get(name);
  }

  /** Whether the state of some parameter has just been made and holds nothing. */
  boolean isFresh() {
    return fresh;
  }

  void stepped() {
    fresh = false;
  }

  /** State of one parameter, the live arrays; empty before its first step. */
  Map<String, Object> state(int index) {
    return new LinkedHashMap<>(states.get(index));
  }

  void load(int index, Map<String, Object> saved) {
    for (String name : stateNames.get()) {
      Object value = saved.get(name);
      if (value == null) {
        continue;
      }
      NDArray target = stateArray(index, name);
      if (!read(value, target)) {
        throw LevinException.user(
            "The checkpoint's '%s' of %s does not fit: it is %s, here %s."
                .formatted(name, parameters.get(index).name(), value, target.getShape()),
            "Make the optimizer and its precision as they were when the checkpoint was kept.");
      }
    }
    fresh = false;
  }

  /** Reads a saved value into an array, if it is of the array's size and type. */
  private static boolean read(Object value, NDArray target) {
    if (value instanceof Number number) {
      Transfer.write(target, to -> to.putFloat(0, number.floatValue()));
    } else if (value instanceof NDArray array
        && array.size() == target.size()
        && array.getDataType() == target.getDataType()) {
      Transfer.write(target, to -> to.put(array.toByteBuffer(true)));
    } else if (value instanceof Tensor tensor
        && tensor.elements() == target.size()
        && tensor.size() == tensor.elements() * target.getDataType().getNumOfBytes()) {
      Transfer.write(target, to -> tensor.read(0, to));
    } else {
      return false;
    }
    return true;
  }

  private void closeLists() {
    if (parameterList != null) {
      parameterList.close();
      gradientList.close();
      lists.values().forEach(TensorList::close);
      lists.clear();
    }
  }

  @Override
  public void close() {
    closeLists();
  }
}
