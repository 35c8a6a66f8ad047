package io.levin.arguments;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Every argument of the Trainer, in the order in which help shows them. */
public final class TrainerArguments {
  private static final List<Argument<?>> TABLE = new ArrayList<>();

  // Where and on what it runs: the planner's arguments.
  public static final Argument<String> ACCELERATOR =
      text("accelerator", "NAME", null, "auto, cpu, gpu, tpu, hpu, ipu or what a bundle adds");
  public static final Argument<Devices> DEVICES =
      add("devices", "N|LIST|auto", null, "how many devices, or which", Devices::read);
  public static final Argument<Integer> NUM_NODES =
      integer("num-nodes", 1, 1, "number of machines");
  public static final Argument<String> STRATEGY =
      text("strategy", "NAME", null, "how devices work together: ddp, fsdp, deepspeed_stage_2 …");
  public static final Argument<String> PRECISION =
      add(
          "precision",
          "16|32|64|bf16",
          null,
          "the numbers that training computes in; 16-true and bf16-true: weights too",
          raw -> precision(Values.text(raw)));
  public static final Argument<String> AMP_BACKEND =
      add(
          "amp-backend",
          "native|apex",
          null,
          "who does mixed precision",
          raw -> Values.oneOf(raw, "native", "apex"));
  public static final Argument<String> AMP_LEVEL =
      text("amp-level", "O0|O1|O2|O3", null, "Apex's level of mixed precision");
  public static final Argument<Boolean> SYNC_BATCHNORM =
      flag("sync-batchnorm", false, "share batch-norm statistics over all ranks");
  public static final Argument<List<PluginReference>> PLUGINS =
      add(
          "plugins",
          "NAME[:OPTION=VALUE],…",
          List.of(),
          "plugins by class name",
          PluginReference::list);
  public static final Argument<Boolean> EMULATE =
      flag("emulate", false, "run an absent tpu, hpu or ipu by its rules on this CPU");

  // How long and how much.
  public static final Argument<Integer> MAX_EPOCHS =
      integer("max-epochs", null, -1, "stop after this many epochs; -1 for no limit");
  public static final Argument<Integer> MIN_EPOCHS =
      integer("min-epochs", null, 0, "train at least this many epochs");
  public static final Argument<Integer> MAX_STEPS =
      integer("max-steps", -1, -1, "stop after this many optimizer steps; -1 for no limit");
  public static final Argument<Integer> MIN_STEPS =
      integer("min-steps", null, 0, "train at least this many optimizer steps");
  public static final Argument<Limit> LIMIT_TRAIN_BATCHES =
      limit("limit-train-batches", "training");
  public static final Argument<Limit> LIMIT_VAL_BATCHES = limit("limit-val-batches", "validation");
  public static final Argument<Limit> LIMIT_TEST_BATCHES = limit("limit-test-batches", "test");
  public static final Argument<Limit> LIMIT_PREDICT_BATCHES =
      limit("limit-predict-batches", "prediction");
  public static final Argument<Limit> OVERFIT_BATCHES =
      add(
          "overfit-batches",
          "N|SHARE",
          Limit.count(0),
          "train and validate on the same few training batches",
          Limit::read);
  public static final Argument<Limit> VAL_CHECK_INTERVAL =
      add(
          "val-check-interval",
          "N|SHARE",
          Limit.ALL,
          "validate every N batches, or every share of an epoch",
          Limit::read);
  public static final Argument<Integer> CHECK_VAL_EVERY_N_EPOCH =
      integer("check-val-every-n-epoch", 1, 1, "validate every N epochs");
  public static final Argument<Integer> NUM_SANITY_VAL_STEPS =
      integer(
          "num-sanity-val-steps", 2, -1, "validation batches tried before training; -1 for all");
  public static final Argument<Integer> FAST_DEV_RUN =
      add(
          "fast-dev-run",
          "N",
          0,
          "try N batches of everything, without checkpoints and loggers",
          raw -> "true".equals(String.valueOf(raw)) ? (Integer) 1 : Values.integer(raw, 0));

  // How a step is made.
  public static final Argument<Integer> ACCUMULATE_GRAD_BATCHES =
      integer("accumulate-grad-batches", 1, 1, "batches per optimizer step");
  public static final Argument<Double> GRADIENT_CLIP_VAL =
      decimal("gradient-clip-val", null, "clip gradients to this value or norm");
  public static final Argument<String> GRADIENT_CLIP_ALGORITHM =
      add(
          "gradient-clip-algorithm",
          "norm|value",
          "norm",
          "how to clip",
          raw -> Values.oneOf(raw, "norm", "value"));
  public static final Argument<Boolean> SCHEDULER_FOLLOWS_SKIPPED_STEPS =
      flag(
          "scheduler-follows-skipped-steps",
          false,
          "advance schedulers also when the scaler skipped the optimizer's step");
  public static final Argument<Long> SEED =
      add("seed", "N", null, "seed of weights, order and dropout", raw -> seed(raw));
  public static final Argument<Boolean> DETERMINISTIC =
      flag("deterministic", false, "only operations that give the same bits every time");
  public static final Argument<Boolean> DETECT_ANOMALY =
      flag("detect-anomaly", false, "stop at the first loss that is not finite, and say where");
  public static final Argument<Integer> THREADS =
      integer("threads", null, 1, "libtorch threads of one process");

  // What is kept and shown.
  public static final Argument<String> DEFAULT_ROOT_DIR =
      text("default-root-dir", "DIR", null, "where runs, logs and checkpoints go");
  public static final Argument<String> CKPT_PATH =
      text("ckpt-path", "FILE|last|best|hpc", null, "checkpoint to resume from or to load");
  public static final Argument<Map<String, String>> STATE_DICT_NAMES =
      add(
          "state-dict-names",
          "THERE=HERE,…",
          Map.of(),
          "names of a model trained elsewhere: net.0=01Linear, and extra= for what is not here",
          Values::pairs);
  public static final Argument<Boolean> ENABLE_CHECKPOINTING =
      flag("enable-checkpointing", true, "keep checkpoints");
  public static final Argument<Boolean> ENABLE_PROGRESS_BAR =
      flag("enable-progress-bar", true, "show progress");
  public static final Argument<Integer> LOG_EVERY_N_STEPS =
      integer("log-every-n-steps", 50, 1, "log every N optimizer steps");
  public static final Argument<List<String>> LOGGERS =
      add(
          "loggers",
          "csv,tensorboard,html",
          List.of("csv", "tensorboard", "html"),
          "loggers by id; none for no logger",
          raw -> "none".equals(raw) ? List.<String>of() : Values.list(raw));
  public static final Argument<List<String>> CALLBACKS =
      add(
          "callbacks",
          "ID[:OPTION=VALUE],…",
          List.of(),
          "callbacks by id, for example early-stopping:monitor=val_loss;patience=3",
          Values::list);

  private TrainerArguments() {}

  /** All arguments. */
  public static List<Argument<?>> all() {
    return Collections.unmodifiableList(TABLE);
  }

  /** The argument of this name; dashes and underscores are the same. */
  public static Optional<Argument<?>> named(String name) {
    String wanted = name.replace('_', '-');
    return TABLE.stream().filter(argument -> argument.name().equals(wanted)).findFirst();
  }

  private static Long seed(Object raw) {
    return (long) Values.integer(raw, 0);
  }

  /** The newer spellings mean the same; anything else is for the offers to judge. */
  private static String precision(String word) {
    return switch (word.strip()) {
      case "16-mixed" -> "16";
      case "bf16-mixed" -> "bf16";
      case "32-true" -> "32";
      case "64-true" -> "64";
      default -> word.strip();
    };
  }

  private static Argument<String> text(String name, String value, String standard, String help) {
    return add(name, value, standard, help, Values::text);
  }

  private static Argument<Integer> integer(String name, Integer standard, int least, String help) {
    return add(name, "N", standard, help, raw -> Values.integer(raw, least));
  }

  private static Argument<Double> decimal(String name, Double standard, String help) {
    return add(name, "X", standard, help, Values::decimal);
  }

  private static Argument<Boolean> flag(String name, boolean standard, String help) {
    return add(name, "true|false", standard, help, Values::bool);
  }

  private static Argument<Limit> limit(String name, String what) {
    return add(
        name,
        "N|SHARE",
        Limit.ALL,
        "how many " + what + " batches: 10, or 0.5 for half",
        Limit::read);
  }

  private static <T> Argument<T> add(
      String name, String valueHelp, T standard, String help, Function<Object, T> reader) {
    Argument<T> argument = new Argument<>(name, valueHelp, standard, help, reader);
    TABLE.add(argument);
    return argument;
  }
}
