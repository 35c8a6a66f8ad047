package io.levin.testkit.precision;

import ai.djl.ndarray.NDArray;
import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import io.levin.precision.Gradients;
import io.levin.torch.Foreach;
import io.levin.torch.Gradient;
import io.levin.torch.TensorList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plain gradient descent on some arrays, with its gradients at hand. */
final class Descent implements Optimizer, Gradients {
  private final List<NDArray> parameters;
  private final TensorList list;
  private final double rate;
  private final List<NDArray> gradients = new ArrayList<>();
  private TensorList gradientList;
  private boolean reevaluates;

  Descent(List<NDArray> parameters, double rate) {
    this.parameters = parameters;
    this.list = TensorList.of(parameters);
    this.rate = rate;
  }

  Descent reevaluating() {
    reevaluates = true;
    return this;
  }

  /** The gradients, once backward was called. */
  TensorList gradients() {
    if (gradientList == null) {
      parameters.forEach(parameter -> gradients.add(Gradient.of(parameter)));
      gradientList = TensorList.of(gradients);
    }
    return gradientList;
  }

  /** Handles of the gradients. */
  List<NDArray> gradientArrays() {
    gradients();
    return gradients;
  }

  @Override
  public List<ParameterGroup> groups() {
    return List.of();
  }

  @Override
  public void step() {
    Foreach.add(list, gradients(), -rate);
  }

  @Override
  public void zeroGrad() {
    if (gradientList != null) {
      Foreach.zero(gradientList);
    }
  }

  @Override
  public Map<String, Object> stateDict() {
    return Map.of();
  }

  @Override
  public void loadStateDict(Map<String, Object> state) {}

  @Override
  public boolean reevaluatesClosure() {
    return reevaluates;
  }

  @Override
  public double norm(Optimizer optimizer) {
    return Foreach.norm(
        gradients(), (ai.djl.pytorch.engine.PtNDManager) parameters.get(0).getManager());
  }

  @Override
  public void clipByNorm(Optimizer optimizer, double limit) {
    Foreach.clipByNorm(gradients(), limit);
  }

  @Override
  public void clipByValue(Optimizer optimizer, double limit) {
    Foreach.clipByValue(gradients(), limit);
  }

  @Override
  public void unscale(Optimizer optimizer, NDArray foundInf, NDArray inverseScale) {
    Foreach.unscale(gradients(), foundInf, inverseScale);
  }

  @Override
  public void close() {
    list.close();
    if (gradientList != null) {
      gradientList.close();
      gradients.forEach(NDArray::close);
    }
  }
}
