package io.levin.callback.builtin;

import io.levin.MisconfigurationException;
import io.levin.arguments.PluginReference;
import io.levin.callback.Callback;
import io.levin.checkpoint.Storages;
import io.levin.core.planner.Closest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes callbacks of texts such as {@code early-stopping:monitor=val_loss;patience=3}. */
final class NamedCallbacks {
  private record Kind(List<String> options, Function<CallbackOptions, Callback> make) {}

  private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

  static {
    add(
        "model-checkpoint",
        NamedCallbacks::modelCheckpoint,
        "dirpath",
        "filename",
        "monitor",
        "mode",
        "save_top_k",
        "save_last",
        "save_weights_only",
        "auto_insert_metric_name",
        "every_n_train_steps",
        "every_n_epochs",
        "train_time_interval_minutes",
        "save_on_train_epoch_end");
    add(
        "early-stopping",
        NamedCallbacks::earlyStopping,
        "monitor",
        "min_delta",
        "patience",
        "mode",
        "strict",
        "check_finite",
        "stopping_threshold",
        "divergence_threshold",
        "check_on_train_epoch_end");
    add(
        "learning-rate-monitor",
        NamedCallbacks::learningRateMonitor,
        "logging_interval",
        "log_momentum");
    add("device-stats", options -> new DeviceStats());
  }

  private NamedCallbacks() {}

  private static void add(String id, Function<CallbackOptions, Callback> make, String... options) {
    KINDS.put(id, new Kind(List.of(options), make));
  }

  /**
   * @throws MisconfigurationException for an unknown callback or option, naming what there is
   */
  static Callback of(String text) {
    PluginReference reference;
    try {
      reference = PluginReference.parse(text);
    } catch (IllegalArgumentException e) {
      throw new MisconfigurationException(
          "callbacks: '%s' cannot be read: %s.".formatted(text, e.getMessage()),
          "Write ID:option=value;option=value.");
    }
    Kind kind = KINDS.get(reference.name());
    if (kind == null) {
      throw new MisconfigurationException(
          "There is no callback '%s'. There are: %s."
              .formatted(reference.name(), String.join(", ", KINDS.keySet())),
          Closest.to(reference.name(), KINDS.keySet())
              .map("Did you mean '%s'?"::formatted)
              .orElse("Take one of these."));
    }
    return kind.make().apply(new CallbackOptions(reference, kind.options()));
  }

  private static Callback modelCheckpoint(CallbackOptions options) {
    String directory = options.text("dirpath", null);
    Double minutes = options.decimal("train_time_interval_minutes", null);
    return new ModelCheckpoint(
        new ModelCheckpoint.Options(
            directory == null ? null : Storages.path(directory),
            options.text("filename", null),
            options.text("monitor", null),
            options.text("mode", "min"),
            options.whole("save_top_k", 1),
            options.flag("save_last", false),
            options.flag("save_weights_only", false),
            options.flag("auto_insert_metric_name", true),
            options.whole("every_n_train_steps", null),
            options.whole("every_n_epochs", null),
            minutes == null ? null : Duration.ofMillis(Math.round(minutes * 60_000)),
            options.flag("save_on_train_epoch_end", null)));
  }

  private static Callback earlyStopping(CallbackOptions options) {
    return new EarlyStopping(
        new EarlyStopping.Options(
            options.text("monitor", null),
            options.decimal("min_delta", 0.0),
            options.whole("patience", 3),
            options.text("mode", "min"),
            options.flag("strict", true),
            options.flag("check_finite", true),
            options.decimal("stopping_threshold", null),
            options.decimal("divergence_threshold", null),
            options.flag("check_on_train_epoch_end", null)));
  }

  private static Callback learningRateMonitor(CallbackOptions options) {
    String interval = options.text("logging_interval", "schedule");
    return new LearningRateMonitor(
        switch (interval) {
          case "step" -> LearningRateMonitor.Interval.STEP;
          case "epoch" -> LearningRateMonitor.Interval.EPOCH;
          case "schedule" -> LearningRateMonitor.Interval.SCHEDULE;
          default ->
              throw new MisconfigurationException(
                  "learning-rate-monitor: logging_interval is '%s'.".formatted(interval),
                  "Give step or epoch, or leave it out to log each rate as its schedule advances.");
        },
        options.flag("log_momentum", false));
  }
}
