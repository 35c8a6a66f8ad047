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
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Logs memory and load of this process, every {@code log-every-n-steps} steps. */
public final class DeviceStats implements Callback {
  /** In KiB, other than {@code statm}, whose pages have a size that Java does not tell. */
  private static final Path STATUS = Path.of("/proc/self/status");

  private static final String RESIDENT = "VmRSS:";

  private long loggedStep;

  @Override
  public void onTrainStart(Trainer trainer, LevinModule module) {
    loggedStep = trainer.globalStep();
  }

  @Override
  public void onTrainBatchEnd(
      Trainer trainer, LevinModule module, NDArray loss, NDList batch, int batchIndex) {
    long step = trainer.globalStep();
    int every = trainer.arguments().get(TrainerArguments.LOG_EVERY_N_STEPS);
    if (step != loggedStep && step % every == 0) {
      loggedStep = step;
      trainer.logMetrics(now());
    }
  }

  static Map<String, Double> now() {
    Map<String, Double> stats = new LinkedHashMap<>();
    Runtime runtime = Runtime.getRuntime();
    stats.put("device/heap_mib", (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0);
    if (Files.isReadable(STATUS)) {
      resident().ifPresent(mib -> stats.put("device/resident_mib", mib));
    }
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      stats.put("device/cpu_percent", 100 * Math.max(0, system.getProcessCpuLoad()));
    }
    return stats;
  }

  private static OptionalDouble resident() {
    try {
      return residentMib(Files.readAllLines(STATUS));
    } catch (IOException e) {
      return OptionalDouble.empty(); // a number for a chart is no reason to end a run
    }
  }

  static OptionalDouble residentMib(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith(RESIDENT))
        .map(line -> line.substring(RESIDENT.length()).strip().split(" ")[0])
        .filter(number -> number.matches("[0-9]{1,18}"))
        .mapToDouble(number -> Long.parseLong(number) / 1024.0)
        .findFirst();
  }
}
