package io.levin.accelerator;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.levin.optim.Optimizer;
import io.levin.precision.BackwardPass;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The CPU in the place of a device that is not there. Steps are made by that device's rules, and
 * counted; numbers are the CPU's own. Used by the thread that trains.
 */
public class EmulatedAccelerator implements Accelerator, WholeSteps {
  private final String name;
  private long marks;
  private long reductions;
  private long compiledSteps;

  /**
   * @param name class name of the accelerator stood in for
   */
  public EmulatedAccelerator(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Device device(int index) {
    return Device.cpu();
  }

  /** Ends a step: a lazy device would run here what was traced. */
  @Override
  public void markStep() {
    marks++;
  }

  /** Counts the reduction of an optimizer's gradients over the replicas, of which there is one. */
  public void reduced() {
    reductions++;
  }

  @Override
  public void propagate(BackwardPass pass, NDArray loss) {
    pass.propagate(loss);
  }

  @Override
  public void update(Optimizer optimizer) {
    compiledSteps++;
    optimizer.step();
  }

  @Override
  public Map<String, Double> statistics(Device device) {
    Map<String, Double> counts = new LinkedHashMap<>();
    counts.put("emulated/marked_steps", (double) marks);
    counts.put("emulated/gradient_reductions", (double) reductions);
    counts.put("emulated/compiled_steps", (double) compiledSteps);
    return counts;
  }
}
