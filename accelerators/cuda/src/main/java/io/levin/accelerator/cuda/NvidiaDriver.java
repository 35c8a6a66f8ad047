package io.levin.accelerator.cuda;

import io.levin.accelerator.Availability;
import io.levin.accelerator.DeviceFiles;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds NVIDIA GPUs by what their driver shows in the file system; loads nothing. */
final class NvidiaDriver {
  /** As in "NVRM version: NVIDIA UNIX x86_64 Kernel Module 535.104.05 Sat Aug 19 …". */
  private static final Pattern VERSION = Pattern.compile("Module\\s+(?:for \\S+\\s+)?([0-9.]+)");

  private NvidiaDriver() {}

  /**
   * @param environment {@code CUDA_VISIBLE_DEVICES} narrows what is there, as for CUDA itself
   */
  static Availability probe(DeviceFiles files, Map<String, String> environment) {
    int found =
        Math.max(files.count("/proc/driver/nvidia/gpus", "*"), files.count("/dev", "nvidia[0-9]*"));
    if (found == 0
        && files.count("/dev", "dxg") > 0
        && files.library("libcuda.so", WSL).isPresent()) {
      found = 1; // Windows shows its GPUs to Linux guests as one door
    }
    return visible(found, environment.get("CUDA_VISIBLE_DEVICES"), version(files));
  }

  private static final String WSL = "/usr/lib/wsl/lib";

  private static String version(DeviceFiles files) {
    return files
        .firstLine("/proc/driver/nvidia/version")
        .map(VERSION::matcher)
        .filter(Matcher::find)
        .map(matcher -> ", driver " + matcher.group(1))
        .orElse("");
  }

  static Availability visible(int found, String visible, String driver) {
    if (found == 0) {
      return Availability.unavailable(
          "no NVIDIA driver: /proc/driver/nvidia and /dev/nvidia* not found");
    }
    if (visible == null) {
      return Availability.available(
          found, "%d NVIDIA GPU%s found%s".formatted(found, found == 1 ? "" : "s", driver));
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
            count,
            "%d NVIDIA GPU%s visible (CUDA_VISIBLE_DEVICES)%s"
                .formatted(count, count == 1 ? "" : "s", driver));
  }
}
