package io.levin.accelerator;

import ai.djl.Device;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of device in use by a run. Made only for a plan; asking what is there is its offer's part.
 */
@ConsumerType
public interface Accelerator extends AutoCloseable {
  /** Class name as in plans, for example {@code CPUAccelerator}. */
  default String name() {
    return getClass().getSimpleName();
  }

  /** The engine's device for one of the plan's indices. */
  Device device(int index);

  /** Threads that libtorch should use in this process; 0 leaves the engine's own choice. */
  default int threads() {
    return 0;
  }

  /** Figures for {@code DeviceStats}: bytes, counts, shares. */
  default Map<String, Double> statistics(Device device) {
    return Map.of();
  }

  /** Waits until the device has done all it was given. */
  default void synchronize() {}

  /** Ends a step on devices that trace and compile. */
  default void markStep() {}

  @Override
  default void close() {}
}
