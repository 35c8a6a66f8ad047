package io.levin.core;

import java.util.LinkedHashMap;
import java.util.Map;

/** The loops' part of a checkpoint in Lightning 1.6's layout, so that Python continues from it. */
final class LoopState {
  private LoopState() {}

  static Map<String, Object> of(Progress progress, long batchesPerEpoch) {
    boolean atEnd = progress.batchesDone >= batchesPerEpoch;
    Map<String, Object> fit = new LinkedHashMap<>();
    fit.put("state_dict", Map.of());
    fit.put("epoch_progress", counts(progress.epoch + 1L, progress.epoch + 1L, progress.epoch));
    Map<String, Object> epochState = new LinkedHashMap<>();
    epochState.put("_batches_that_stepped", progress.globalStep);
    fit.put("epoch_loop.state_dict", epochState);
    Map<String, Object> batch = new LinkedHashMap<>();
    batch.put("total", count(progress.totalBatches, progress.totalBatches));
    batch.put("current", count(progress.batchesDone, progress.batchesDone));
    batch.put("is_last_batch", atEnd);
    fit.put("epoch_loop.batch_progress", batch);
    Map<String, Object> scheduler = new LinkedHashMap<>();
    scheduler.put("total", pair(progress.epoch));
    scheduler.put("current", pair(0));
    fit.put("epoch_loop.scheduler_progress", scheduler);
    fit.put("epoch_loop.batch_loop.state_dict", Map.of());
    fit.put("epoch_loop.batch_loop.optimizer_loop.state_dict", Map.of());
    Map<String, Object> step = new LinkedHashMap<>();
    step.put("total", pair(progress.globalStep));
    step.put("current", pair(progress.globalStep));
    Map<String, Object> zeroGrad = new LinkedHashMap<>();
    zeroGrad.put("total", started(progress.globalStep));
    zeroGrad.put("current", started(progress.globalStep));
    Map<String, Object> optimizer = new LinkedHashMap<>();
    optimizer.put("step", step);
    optimizer.put("zero_grad", zeroGrad);
    Map<String, Object> optim = new LinkedHashMap<>();
    optim.put("optimizer", optimizer);
    optim.put("optimizer_position", 1L);
    fit.put("epoch_loop.batch_loop.optimizer_loop.optim_progress", optim);
    Map<String, Object> loops = new LinkedHashMap<>();
    loops.put("fit_loop", fit);
    return loops;
  }

  /** Reads where Lightning stood; a file in the middle of an epoch goes on at its next batch. */
  static void restore(Map<String, Object> tree, Progress progress) {
    progress.globalStep = Plain.integer(tree, "global_step", 0);
    progress.epoch = (int) Plain.integer(tree, "epoch", 0);
    Map<String, Object> fit = Plain.map(Plain.map(tree, "loops"), "fit_loop");
    Map<String, Object> batch = Plain.map(fit, "epoch_loop.batch_progress");
    progress.batchesDone = Plain.integer(Plain.map(batch, "current"), "completed", 0);
    progress.totalBatches = Plain.integer(Plain.map(batch, "total"), "completed", 0);
    progress.phase = Progress.Phase.BATCH_DONE;
    if (Boolean.TRUE.equals(batch.get("is_last_batch"))) {
      progress.epoch++;
      progress.batchesDone = 0;
    }
  }

  private static Map<String, Object> counts(long ready, long started, long processed) {
    Map<String, Object> both = new LinkedHashMap<>();
    for (String span : new String[] {"total", "current"}) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("ready", ready);
      values.put("completed", processed);
      values.put("started", started);
      values.put("processed", processed);
      both.put(span, values);
    }
    return both;
  }

  private static Map<String, Object> count(long ready, long completed) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("ready", ready);
    values.put("completed", completed);
    values.put("started", ready);
    values.put("processed", completed);
    return values;
  }

  private static Map<String, Object> pair(long value) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("ready", value);
    values.put("completed", value);
    return values;
  }

  private static Map<String, Object> started(long value) {
    Map<String, Object> values = pair(value);
    values.put("started", value);
    return values;
  }
}
