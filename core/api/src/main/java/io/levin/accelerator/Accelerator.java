package io.levin.accelerator;

import ai.djl.Device;
import io.levin.module.LevinModule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of device in use by a run. Made only for a plan; asking what is there is its offer's part.
 * Used by the thread that trains; statistics may be asked for by any.
 */
@ConsumerType
public interface Accelerator extends AutoCloseable {
  /** Class name as in plans, for example {@code CPUAccelerator}. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** The engine's device for one of the plan's indices. */
  Device device(int index);

  /** The engine's devices for all of the plan's indices, in their order. */
  default List<Device> parallelDevices(List<Integer> indices) {
    return indices.stream().map(this::device).toList();
  }

  /**
   * Asked before a module's network is made.
   *
   * @throws io.levin.MisconfigurationException when this device cannot run it
   */
  default void check(LevinModule module) {}

  /**
   * Whether arrays may stand for what is still to be computed, so that reading one before its step
   * has ended cuts the step in two.
   */
  default boolean isDeferred() {
    return false;
  }

  /** Threads that libtorch should use in this process; 0 leaves the engine's own choice. */
  default int threads() {
    return 0;
  }

  /** Figures for {@code DeviceStats}: MiB, counts, percentages, named {@code kind/figure}. */
  default Map<String, Double> statistics(Device device) {
    return Map.of();
  }

  /** Metrics of the run itself, logged with every step that is logged. */
  default Map<String, Double> metrics() {
    return Map.of();
  }

  /** The device's own memory; empty where it has none, or does not tell. */
  default Optional<DeviceMemory> memory(Device device) {
    return Optional.empty();
  }

  /** Waits until the device has done all it was given. */
  default void synchronize() {}

  /**
   * Ends a step on devices that trace and compile: called once for every optimizer step by the
   * device's strategy or precision plugin, and by the Trainer after every evaluated batch where
   * {@link #isDeferred}.
   *
   * @throws io.levin.LevinException with what the step's operations failed of
   */
  default void markStep() {}

  @Override
  default void close() {}
}
