package io.levin.accelerator.cpu;

import ai.djl.Device;
import io.levin.accelerator.Accelerator;

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
}
