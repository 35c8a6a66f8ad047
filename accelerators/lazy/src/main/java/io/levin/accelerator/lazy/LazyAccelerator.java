package io.levin.accelerator.lazy;

import ai.djl.Device;
import io.levin.LevinException;
import io.levin.accelerator.Accelerator;
import io.levin.torch.LazyCounters;
import io.levin.torch.LazyDevice;
import io.levin.torch.NativeFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libtorch's lazy device: steps are recorded, compiled at their end, and run from the cache when
 * they come again. The CPU computes.
 */
public final class LazyAccelerator implements Accelerator {
  private static final Logger LOG = LoggerFactory.getLogger(LazyAccelerator.class);
  private static final int MOST_COMPILED = LazyDevice.WINDOW * 3 / 4;

  private final LazyDevice device;
  private boolean hasWarned;

  LazyAccelerator(LazyDevice device) {
    this.device = device;
  }

  /**
   * Takes a device for this thread.
   *
   * @throws LevinException where there are none, or another thread has it
   */
  static LazyAccelerator open(int ordinal) {
    try {
      return new LazyAccelerator(LazyDevice.open(ordinal));
    } catch (UnsupportedOperationException e) {
      throw LevinException.environment(
          "Accelerator lazy cannot run here: %s.".formatted(e.getMessage()),
          "Give --accelerator cpu, or use the libtorch that Levin brings, on Linux x86-64.");
    } catch (IllegalStateException e) {
      throw LevinException.user(
          "%s, and one thread drives one device.".formatted(e.getMessage()),
          "Close the Trainer there first, or give --devices %d, (with the comma)."
              .formatted(ordinal + 1));
    }
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
    try {
      device.markStep();
    } catch (NativeFailure e) {
      throw LevinException.user(
          "A step failed when it was run, on %s: %s".formatted(device.device(), e.getMessage()),
          "With --accelerator cpu the error comes where it is made. What was trained is lost:"
              + " resume from a checkpoint.");
    } catch (IllegalStateException e) {
      throw LevinException.user(
          e.getMessage() + ".", "Train on the thread that makes the Trainer, or one Trainer each.");
    }
    if (!hasWarned && device.compiledLately() >= MOST_COMPILED) {
      hasWarned = true;
      LOG.warn(
          "{} of the last {} steps were compiled anew, which takes longer than running them: shapes"
              + " keep changing. Give all batches one size (droppingLast(), or padding).",
          device.compiledLately(),
          LazyDevice.WINDOW);
    }
  }

  /** Runs what was recorded so far. */
  @Override
  public void synchronize() {
    markStep();
  }

  @Override
  public Map<String, Double> metrics() {
    LazyCounters counters = device.counters();
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("lazy/compiled_graphs", (double) counters.compiled());
    metrics.put("lazy/reused_graphs", (double) counters.reused());
    metrics.put("lazy/cpu_fallbacks", (double) counters.allFallbacks());
    return metrics;
  }

  /** The metrics, the steps, and which operations the CPU had to do at once. */
  @Override
  public Map<String, Double> statistics(Device unused) {
    Map<String, Double> statistics = new LinkedHashMap<>(metrics());
    statistics.put("lazy/marked_steps", (double) device.markedSteps());
    device
        .counters()
        .fallbacks()
        .forEach((name, count) -> statistics.put("lazy/cpu_fallback/" + name, (double) count));
    return statistics;
  }

  @Override
  public void close() {
    device.close();
  }
}
