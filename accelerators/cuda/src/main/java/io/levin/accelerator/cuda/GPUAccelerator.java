package io.levin.accelerator.cuda;

import ai.djl.Device;
import io.levin.accelerator.Accelerator;

/** NVIDIA GPUs, by their CUDA indices. */
public record GPUAccelerator() implements Accelerator {
  @Override
  public Device device(int index) {
    return Device.gpu(index);
  }
}
