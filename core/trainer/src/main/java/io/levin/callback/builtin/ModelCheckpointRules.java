package io.levin.callback.builtin;

import io.levin.MisconfigurationException;
import java.time.Duration;

/** Which options of ModelCheckpoint make sense together. */
final class ModelCheckpointRules {
  private ModelCheckpointRules() {}

  static void check(
      String monitor,
      String mode,
      int topK,
      int everyNTrainSteps,
      int everyNEpochs,
      Duration interval) {
    require(
        mode.equals("min") || mode.equals("max"),
        "mode is '%s', but must be min or max".formatted(mode));
    require(topK >= -1, "save_top_k is %d, but must be -1, 0 or more".formatted(topK));
    require(
        monitor != null || topK <= 1,
        "save_top_k is %d, but no monitor says which are best".formatted(topK));
    require(
        everyNTrainSteps >= 0,
        "every_n_train_steps is %d, but must not be negative".formatted(everyNTrainSteps));
    require(
        everyNEpochs >= 0,
        "every_n_epochs is %d, but must not be negative".formatted(everyNEpochs));
    int triggers =
        (everyNTrainSteps > 0 ? 1 : 0) + (everyNEpochs > 0 ? 1 : 0) + (interval == null ? 0 : 1);
    require(
        triggers <= 1,
        "every_n_train_steps, every_n_epochs and train_time_interval exclude each other");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new MisconfigurationException(
          "ModelCheckpoint: %s.".formatted(otherwise), "Give it other options.");
    }
  }
}
