package io.levin.callback.builtin;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Memory and load of this process, which every kind of device has a host of. */
final class ProcessStatistics {
  /** In KiB, other than {@code statm}, whose pages have a size that Java does not tell. */
  private static final Path STATUS = Path.of("/proc/self/status");

  private static final String RESIDENT = "VmRSS:";
  private static final double MIB = 1 << 20;

  private ProcessStatistics() {}

  /**
   * {@code device/heap_mib}, {@code device/resident_mib}, {@code device/native_mib} (resident
   * beyond Java's heap: arrays, most of all) and {@code device/cpu_percent}, as far as the system
   * tells.
   */
  static Map<String, Double> now() {
    Map<String, Double> figures = new LinkedHashMap<>();
    Runtime runtime = Runtime.getRuntime();
    figures.put("device/heap_mib", (runtime.totalMemory() - runtime.freeMemory()) / MIB);
    resident()
        .ifPresent(
            bytes -> {
              figures.put("device/resident_mib", bytes / MIB);
              figures.put("device/native_mib", Math.max(0, bytes - runtime.totalMemory()) / MIB);
            });
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      figures.put("device/cpu_percent", 100 * Math.max(0, system.getProcessCpuLoad()));
    }
    return figures;
  }

  private static OptionalLong resident() {
    try {
      return Files.isReadable(STATUS) ? resident(Files.readAllLines(STATUS)) : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty(); // a number for a chart is no reason to end a run
    }
  }

  static OptionalLong resident(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith(RESIDENT))
        .map(line -> line.substring(RESIDENT.length()).strip().split(" ")[0])
        .filter(number -> number.matches("[0-9]{1,15}"))
        .mapToLong(number -> Long.parseLong(number) * 1024)
        .findFirst();
  }
}
