package io.levin.logger.builtin;

import java.util.regex.Pattern;

/** The chart that a metric is drawn in: metrics of the same quantity share one. */
final class ChartName {
  static final String LEARNING_RATE = "lr";

  private static final Pattern LEARNING =
      Pattern.compile("(lr|learning_rate)([^a-zA-Z].*)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern LOADER = Pattern.compile("/dataloader_idx_\\d+$");
  private static final Pattern STAGE =
      Pattern.compile("^(train|training|val|valid|validation|test)[_/.-]+(?=.)");
  private static final Pattern RHYTHM = Pattern.compile("(?<=.)_(step|epoch)$");

  private ChartName() {}

  /** For example {@code loss} for {@code train_loss_step} and for {@code val/loss}. */
  static String of(String metric) {
    if (LEARNING.matcher(metric).matches()) {
      return LEARNING_RATE;
    }
    String name = LOADER.matcher(metric).replaceFirst("");
    return RHYTHM.matcher(STAGE.matcher(name).replaceFirst("")).replaceFirst("");
  }
}
