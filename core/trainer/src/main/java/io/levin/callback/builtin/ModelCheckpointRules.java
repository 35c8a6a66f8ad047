package io.levin.callback.builtin;

import io.levin.MisconfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which options of ModelCheckpoint make sense together. */
final class ModelCheckpointRules {
  private static final Logger LOG = LoggerFactory.getLogger(ModelCheckpointRules.class);

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
    require(
        interval == null || interval.toNanos() > 0,
        "train_time_interval is %s, but must be more than nothing".formatted(interval));
    int triggers =
        (everyNTrainSteps > 0 ? 1 : 0) + (everyNEpochs > 0 ? 1 : 0) + (interval == null ? 0 : 1);
    require(
        triggers <= 1,
        "every_n_train_steps, every_n_epochs and train_time_interval exclude each other");
  }

  /** Files of another run get no company unnoticed. */
  static void warnIfNotEmpty(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        LOG.warn("the folder of checkpoints '{}' is not empty", folder);
      }
    } catch (IOException e) {
      LOG.warn("the folder of checkpoints '{}' cannot be read: {}", folder, e.toString());
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new MisconfigurationException(
          "ModelCheckpoint: %s.".formatted(otherwise), "Give it other options.");
    }
  }
}
