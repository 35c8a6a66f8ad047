package io.levin.accelerator.cpu;

import ai.djl.Device;
import com.sun.management.OperatingSystemMXBean;
import io.levin.accelerator.Accelerator;
import io.levin.accelerator.DeviceMemory;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * The CPU, shared by all processes of a machine.
 *
 * @param threads libtorch threads of this process; 0 leaves the engine's own choice
 */
public record CPUAccelerator(int threads) implements Accelerator {
  @Override
  public Device device(int index) {
    return Device.cpu();
  }

  /** The machine's, or the container's. */
  @Override
  public Optional<DeviceMemory> memory(Device device) {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
      return Optional.empty();
    }
    long total = system.getTotalMemorySize();
    return Optional.of(new DeviceMemory(Math.max(0, total - system.getFreeMemorySize()), total));
  }
}
