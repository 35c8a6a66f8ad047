package io.levin.accelerator;

/**
 * Memory of a device, in bytes.
 *
 * @param used by everybody, this process among them
 */
public record DeviceMemory(long used, long total) {
  public DeviceMemory {
    if (used < 0 || total < used) {
      throw new IllegalArgumentException("%d of %d bytes used".formatted(used, total));
    }
  }
}
