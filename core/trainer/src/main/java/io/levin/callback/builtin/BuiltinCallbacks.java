package io.levin.callback.builtin;

import io.levin.MisconfigurationException;
import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import io.levin.arguments.TrainerArguments;
import io.levin.callback.Callback;
import io.levin.core.planner.Closest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The callbacks that arguments ask for: those named, and those that every run has. */
public final class BuiltinCallbacks {
  private static final Map<String, Function<CallbackOptions, Callback>> KINDS =
      new LinkedHashMap<>();

  static {
    KINDS.put("model-checkpoint", BuiltinCallbacks::modelCheckpoint);
    KINDS.put("early-stopping", BuiltinCallbacks::earlyStopping);
    KINDS.put("learning-rate-monitor", BuiltinCallbacks::learningRateMonitor);
    KINDS.put("device-stats", options -> new DeviceStats());
  }

  private BuiltinCallbacks() {}

  /**
   * @param given callbacks that the user has made already
   * @throws MisconfigurationException for an unknown callback or option, naming what there is
   */
  public static List<Callback> of(Arguments arguments, List<Callback> given) {
    boolean isDevRun = arguments.get(TrainerArguments.FAST_DEV_RUN) > 0;
    boolean keeps = arguments.get(TrainerArguments.ENABLE_CHECKPOINTING) && !isDevRun;
    List<Callback> made = new ArrayList<>();
    if (arguments.get(TrainerArguments.ENABLE_PROGRESS_BAR)) {
      made.add(new ProgressReport(System.err, Terminal.columns(System.getenv())));
    }
    for (String text : arguments.get(TrainerArguments.CALLBACKS)) {
      Callback named = named(text);
      if (!isDevRun || !(named.keepsCheckpoints() || named instanceof EarlyStopping)) {
        made.add(named);
      }
    }
    boolean isKept =
        given.stream().anyMatch(Callback::keepsCheckpoints)
            || made.stream().anyMatch(Callback::keepsCheckpoints);
    if (isKept && !arguments.get(TrainerArguments.ENABLE_CHECKPOINTING)) {
      throw new MisconfigurationException(
          "enable-checkpointing is false, but a ModelCheckpoint is given.",
          "Leave one of the two out.");
    }
    if (keeps && !isKept) {
      made.add(new ModelCheckpoint(ModelCheckpoint.Options.DEFAULTS));
    }
    return made;
  }

  private static Callback named(String text) {
    PluginReference reference;
    try {
      reference = PluginReference.parse(text);
    } catch (IllegalArgumentException e) {
      throw new MisconfigurationException(
          "callbacks: '%s' cannot be read: %s.".formatted(text, e.getMessage()),
          "Write ID:option=value;option=value.");
    }
    Function<CallbackOptions, Callback> kind = KINDS.get(reference.name());
    if (kind == null) {
      throw new MisconfigurationException(
          "There is no callback '%s'. There are: %s."
              .formatted(reference.name(), String.join(", ", KINDS.keySet())),
          Closest.to(reference.name(), KINDS.keySet())
              .map("Did you mean '%s'?"::formatted)
              .orElse("Take one of these."));
    }
    CallbackOptions options = new CallbackOptions(reference);
    Callback callback = kind.apply(options);
    options.checkAllTaken();
    return callback;
  }

  private static Callback modelCheckpoint(CallbackOptions options) {
    String directory = options.text("dirpath", null);
    Double minutes = options.decimal("train_time_interval_minutes", null);
    return new ModelCheckpoint(
        new ModelCheckpoint.Options(
            directory == null ? null : Path.of(directory),
            options.text("filename", null),
            options.text("monitor", null),
            options.text("mode", "min"),
            options.whole("save_top_k", 1),
            options.flag("save_last", false),
            options.flag("save_weights_only", false),
            options.flag("auto_insert_metric_name", true),
            options.whole("every_n_train_steps", 0),
            options.whole("every_n_epochs", 0),
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
    String interval = options.text("logging_interval", "step");
    if (!interval.equals("step") && !interval.equals("epoch")) {
      throw new MisconfigurationException(
          "learning-rate-monitor: logging_interval is '%s'.".formatted(interval),
          "Give step or epoch.");
    }
    return new LearningRateMonitor(
        interval.equals("step")
            ? LearningRateMonitor.Interval.STEP
            : LearningRateMonitor.Interval.EPOCH,
        options.flag("log_momentum", false));
  }
}
