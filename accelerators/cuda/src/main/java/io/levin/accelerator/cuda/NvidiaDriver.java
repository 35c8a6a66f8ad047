package io.levin.accelerator.cuda;

import io.levin.accelerator.Availability;
import io.levin.accelerator.DeviceFiles;
import java.nio.file.Path;
import java.util.Map;

/** Finds NVIDIA GPUs by what their driver shows in the file system. */
final class NvidiaDriver {
  private NvidiaDriver() {}

  /**
   * @param environment {@code CUDA_VISIBLE_DEVICES} narrows what is there, as for CUDA itself
   */
  static Availability probe(Map<String, String> environment) {
    int found =
        Math.max(
            DeviceFiles.count(Path.of("/proc/driver/nvidia/gpus"), "*"),
            DeviceFiles.count(Path.of("/dev"), "nvidia[0-9]*"));
    return visible(found, environment.get("CUDA_VISIBLE_DEVICES"));
  }

  static Availability visible(int found, String visible) {
    if (found == 0) {
      return Availability.unavailable(
          "no NVIDIA driver: /proc/driver/nvidia and /dev/nvidia* not found");
    }
    if (visible == null) {
      return Availability.available(found, "%d NVIDIA GPUs found".formatted(found));
    }
    int count = 0;
    for (String item : visible.split(",")) {
      if (item.isBlank() || item.strip().equals("-1")) {
        break; // CUDA sees nothing behind the first entry that is no device
      }
      count++;
    }
    count = Math.min(count, found);
    return count == 0
        ? Availability.unavailable("CUDA_VISIBLE_DEVICES='%s' hides every GPU".formatted(visible))
        : Availability.available(
            count, "%d NVIDIA GPUs visible (CUDA_VISIBLE_DEVICES)".formatted(count));
  }
}
