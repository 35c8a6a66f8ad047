package io.levin.callback.builtin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.arguments.TrainerArguments;
import io.levin.callback.Callback;
import io.levin.engine.LiveArrays;
import io.levin.module.LevinModule;
import io.levin.trainer.Trainer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Logs memory and load of this process, the arrays alive in it, and what its accelerator tells,
 * every {@code log-every-n-steps} steps.
 */
public final class DeviceStats implements Callback {
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
      trainer.logMetrics(now(trainer, module));
    }
  }

  private static Map<String, Double> now(Trainer trainer, LevinModule module) {
    Map<String, Double> stats = new LinkedHashMap<>(ProcessStatistics.now());
    if (!module.parameters().isEmpty()) {
      LiveArrays.in(module.parameters().get(0).array().getManager())
          .ifPresent(count -> stats.put("device/arrays", (double) count));
    }
    stats.putAll(trainer.accelerator().statistics(trainer.strategy().device()));
    return stats;
  }
}
