package io.levin.accelerator.cuda;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.cuda.CudaUtils;
import io.levin.accelerator.Accelerator;
import io.levin.accelerator.DeviceMemory;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Optional;

/** NVIDIA GPUs, by their CUDA indices. */
public record GPUAccelerator() implements Accelerator {
  private static final double MIB = 1 << 20;

  @Override
  public Device device(int index) {
    return Device.gpu(index);
  }

  @Override
  public Map<String, Double> statistics(Device device) {
    return memory(device)
        .map(
            memory ->
                Map.of(
                    "gpu/used_mib", memory.used() / MIB,
                    "gpu/total_mib", memory.total() / MIB,
                    "gpu/used_percent", 100.0 * memory.used() / memory.total()))
        .orElse(Map.of());
  }

  @Override
  public Optional<DeviceMemory> memory(Device device) {
    try {
      MemoryUsage usage = CudaUtils.getGpuMemory(device);
      return Optional.of(new DeviceMemory(usage.getCommitted(), usage.getMax()));
    } catch (RuntimeException | LinkageError e) {
      return Optional.empty(); // a figure for a chart is no reason to end a run
    }
  }

  /** Reading an array waits for all that was given to its device before. */
  @Override
  public void synchronize() {
    for (Device device : ai.djl.engine.Engine.getInstance().getDevices()) {
      if (device.isGpu()) {
        try (NDManager manager = NDManager.newBaseManager(device);
            NDArray last = manager.zeros(new Shape(1))) {
          last.toFloatArray();
        }
      }
    }
  }
}
