package io.levin.core;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where a fit is. Everything here is in the checkpoint; plain fields, one thread. */
final class Progress {
  /** How far the present batch boundary has been dealt with. */
  enum Phase {
    /** The batch is trained; its validation, if due, has not run. */
    BATCH_DONE,
    /** Its validation has run. */
    VALIDATED,
    /** The epoch's end hooks have run. */
    EPOCH_ENDED
  }

  /** Completed optimizer steps, over all optimizers. */
  long globalStep;

  /** Completed epochs, which is the index of the present one. */
  int epoch;

  /** Batches of the present epoch that are completely trained. */
  long batchesDone;

  /** Batches trained since the beginning. */
  long totalBatches;

  /** Optimizer steps that the scaler left out. */
  long skippedSteps;

  Phase phase = Phase.BATCH_DONE;

  Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("global_step", globalStep);
    state.put("epoch", (long) epoch);
    state.put("batches_done", batchesDone);
    state.put("total_batches", totalBatches);
    state.put("skipped_steps", skippedSteps);
    state.put("phase", phase.name());
    return state;
  }

  void restore(Map<String, Object> state) {
    globalStep = Plain.integer(state, "global_step", 0);
    epoch = (int) Plain.integer(state, "epoch", 0);
    batchesDone = Plain.integer(state, "batches_done", 0);
    totalBatches = Plain.integer(state, "total_batches", 0);
    skippedSteps = Plain.integer(state, "skipped_steps", 0);
    String name = Plain.text(state, "phase");
    phase = name == null ? Phase.BATCH_DONE : Phase.valueOf(name);
  }
}
