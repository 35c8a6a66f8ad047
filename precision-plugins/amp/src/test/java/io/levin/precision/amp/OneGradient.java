package io.levin.precision.amp;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import io.levin.precision.Gradients;
import io.levin.precision.OptimizerStep;
import io.levin.torch.Foreach;
import io.levin.torch.TensorList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A step of an optimizer whose only gradient is one number; writes down what happens to it. */
final class OneGradient implements OptimizerStep, Optimizer, Gradients {
  final List<String> events = new ArrayList<>();
  private final int index;
  private final NDArray gradient;
  private final TensorList list;
  boolean hasBackward = true;
  boolean reevaluates;

  OneGradient(NDManager manager, int index) {
    this.index = index;
    gradient = manager.zeros(new Shape(1));
    list = TensorList.of(List.of(gradient));
  }

  void gradient(float value) {
    gradient.set(new float[] {value});
  }

  float gradient() {
    return gradient.getFloat(0);
  }

  @Override
  public Optimizer optimizer() {
    return this;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public boolean closure() {
    return hasBackward;
  }

  @Override
  public void afterClosure() {
    events.add("hooks see " + gradient());
  }

  @Override
  public void step() {
    events.add("steps with " + gradient());
  }

  @Override
  public Gradients gradients() {
    return this;
  }

  @Override
  public void agreeFoundInf(NDArray foundInf) {}

  @Override
  public void unscale(Optimizer optimizer, NDArray foundInf, NDArray inverseScale) {
    Foreach.unscale(list, foundInf, inverseScale);
  }

  @Override
  public double norm(Optimizer optimizer) {
    return Math.abs(gradient());
  }

  @Override
  public void clipByNorm(Optimizer optimizer, double limit) {
    Foreach.clipByNorm(list, limit);
  }

  @Override
  public void clipByValue(Optimizer optimizer, double limit) {
    Foreach.clipByValue(list, limit);
  }

  @Override
  public String name() {
    return "OneGradient";
  }

  @Override
  public boolean reevaluatesClosure() {
    return reevaluates;
  }

  @Override
  public List<ParameterGroup> groups() {
    return List.of();
  }

  @Override
  public void zeroGrad() {
    gradient(0);
  }

  @Override
  public Map<String, Object> stateDict() {
    return Map.of();
  }

  @Override
  public void loadStateDict(Map<String, Object> state) {}

  @Override
  public void close() {
    list.close();
  }
}
