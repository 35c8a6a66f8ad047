package io.levin.accelerator.tpu;

import ai.djl.Device;
import io.levin.LevinException;
import io.levin.accelerator.EmulatedAccelerator;
import io.levin.torch.LazyCounters;
import io.levin.torch.LazyDevice;
import io.levin.torch.NativeFailure;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A TPU core stood in for by libtorch's lazy device: as there, nothing is computed before a step is
 * marked, and a step is compiled once.
 */
final class LazyTPU extends EmulatedAccelerator {
  private final LazyDevice device;

  LazyTPU(String name, LazyDevice device) {
    super(name);
    this.device = device;
  }

  @Override
  public Device device(int index) {
    return device.device();
  }

  @Override
  public boolean isDeferred() {
    return true;
  }

  @Override
  public void markStep() {
    super.markStep();
    run();
  }

  /** Runs what was recorded so far, as no step of its own. */
  @Override
  public void synchronize() {
    run();
  }

  private void run() {
    try {
      device.markStep();
    } catch (NativeFailure e) {
      throw LevinException.user(
          "A step failed when it was run, on the emulated TPU: " + e.getMessage(),
          "With --accelerator cpu the error comes where it is made. What was trained is lost:"
              + " resume from a checkpoint.");
    } catch (IllegalStateException e) {
      throw LevinException.user(
          e.getMessage() + ".", "Train on the thread that makes the Trainer, or one Trainer each.");
    }
  }

  @Override
  public Map<String, Double> metrics() {
    LazyCounters counters = device.counters();
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("emulated/compiled_graphs", (double) counters.compiled());
    metrics.put("emulated/reused_graphs", (double) counters.reused());
    metrics.put("emulated/cpu_fallbacks", (double) counters.allFallbacks());
    return metrics;
  }

  @Override
  public Map<String, Double> statistics(Device unused) {
    Map<String, Double> statistics = new LinkedHashMap<>(super.statistics(unused));
    statistics.putAll(metrics());
    return statistics;
  }

  @Override
  public void close() {
    device.close();
  }
}
