package io.levin.callback.builtin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.sun.management.OperatingSystemMXBean;
import io.levin.arguments.TrainerArguments;
import io.levin.callback.Callback;
import io.levin.module.LevinModule;
import io.levin.trainer.Trainer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Logs memory and load of this process, every {@code log-every-n-steps} steps. */
public final class DeviceStats implements Callback {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final double PAGE_MIB = 4096 / 1048576.0;

  @Override
  public void onTrainBatchEnd(
      Trainer trainer, LevinModule module, NDArray loss, NDList batch, int batchIndex) {
    if (trainer.globalStep() % trainer.arguments().get(TrainerArguments.LOG_EVERY_N_STEPS) == 0) {
      trainer.logMetrics(now());
    }
  }

  static Map<String, Double> now() {
    Map<String, Double> stats = new LinkedHashMap<>();
    Runtime runtime = Runtime.getRuntime();
    stats.put("device/heap_mib", (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0);
    try {
      String[] pages = Files.readString(STATM).split(" ");
      stats.put("device/resident_mib", Long.parseLong(pages[1]) * PAGE_MIB);
    } catch (IOException e) {
      // Only Linux tells; elsewhere the rest must do.
      stats.remove("device/resident_mib");
    }
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      stats.put("device/cpu_percent", 100 * Math.max(0, system.getProcessCpuLoad()));
    }
    return stats;
  }
}
