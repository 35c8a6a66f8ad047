package io.levin.callback.builtin;

import io.levin.MisconfigurationException;
import io.levin.callback.Callback;
import io.levin.collective.Exchange;
import io.levin.module.LevinModule;
import io.levin.trainer.Trainer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops training when a metric no longer gets better. */
public final class EarlyStopping implements Callback {
  private static final Logger LOG = LoggerFactory.getLogger(EarlyStopping.class);

  /**
   * @param minDelta least change that counts as better
   * @param patience checks without improvement before training stops
   * @param mode {@code min} or {@code max}
   * @param strict whether a metric that nobody logs is an error
   * @param checkFinite whether a value that is not finite stops training
   * @param stoppingThreshold good enough: stop once it is crossed; null for none
   * @param divergenceThreshold hopeless: stop once it is crossed; null for none
   * @param checkOnTrainEpochEnd null decides by how validation runs
   */
  public record Options(
      String monitor,
      double minDelta,
      int patience,
      String mode,
      boolean strict,
      boolean checkFinite,
      Double stoppingThreshold,
      Double divergenceThreshold,
      Boolean checkOnTrainEpochEnd) {
    public Options {
      if (monitor == null || monitor.isBlank()) {
        throw new MisconfigurationException(
            "EarlyStopping has nothing to monitor.", "Give monitor=val_loss or another metric.");
      }
      if (!mode.equals("min") && !mode.equals("max")) {
        throw new MisconfigurationException(
            "EarlyStopping: mode is '%s', but must be min or max.".formatted(mode), "");
      }
      minDelta = Math.abs(minDelta);
    }

    /** Three checks without improvement, smaller is better. */
    public static Options of(String monitor) {
      return new Options(monitor, 0, 3, "min", true, true, null, null, null);
    }
  }

  private final Options options;
  private final double sign;
  private int waitCount;
  private int stoppedEpoch;
  private double bestScore;
  private boolean isFitting;

  public EarlyStopping(Options options) {
    this.options = options;
    sign = options.mode().equals("min") ? 1 : -1;
    bestScore = sign * Double.POSITIVE_INFINITY;
  }

  @Override
  public String stateKey() {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("monitor", options.monitor());
    arguments.put("mode", options.mode());
    return PythonText.key("EarlyStopping", arguments);
  }

  @Override
  public Map<String, Object> stateDict() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("wait_count", waitCount);
    state.put("stopped_epoch", stoppedEpoch);
    state.put("best_score", bestScore);
    state.put("patience", options.patience());
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Object> state) {
    waitCount = ((Number) state.getOrDefault("wait_count", 0)).intValue();
    stoppedEpoch = ((Number) state.getOrDefault("stopped_epoch", 0)).intValue();
    bestScore = Monitor.number(state.get("best_score"), bestScore);
  }

  @Override
  public void onFitStart(Trainer trainer, LevinModule module) {
    isFitting = !Monitor.isTrial(trainer);
  }

  @Override
  public void onFitEnd(Trainer trainer, LevinModule module) {
    isFitting = false;
  }

  @Override
  public void onException(Trainer trainer, LevinModule module, Throwable failure) {
    isFitting = false;
  }

  @Override
  public void onTrainEpochEnd(Trainer trainer, LevinModule module) {
    if (isFitting && Monitor.isAtEpochEnd(trainer, options.checkOnTrainEpochEnd())) {
      check(trainer);
    }
  }

  @Override
  public void onValidationEnd(Trainer trainer, LevinModule module) {
    boolean isOfFit = isFitting && trainer.state() == Trainer.State.VALIDATING;
    if (isOfFit && !Monitor.isAtEpochEnd(trainer, options.checkOnTrainEpochEnd())) {
      check(trainer);
    }
  }

  private void check(Trainer trainer) {
    Map<String, Double> metrics = trainer.callbackMetrics();
    Double value = metrics.get(options.monitor());
    if (!trainer.strategy().agree(value != null)) {
      if (options.strict()) {
        throw Monitor.missing(options.monitor(), metrics, "EarlyStopping");
      }
      LOG.warn("EarlyStopping: '{}' was not logged; nothing is checked", options.monitor());
      return;
    }
    // Rank 0's, so that all ranks count the same
    Optional<String> reason =
        evaluate(
            Exchange.broadcast(trainer.strategy().group(), value == null ? Double.NaN : value, 0));
    if (reason.isPresent()) {
      stoppedEpoch = trainer.currentEpoch();
      LOG.info("{}", reason.get());
      trainer.stop(reason.get());
    }
  }

  /** Takes one value; gives why training should stop, if it should. */
  Optional<String> evaluate(double value) {
    String monitor = options.monitor();
    if (options.checkFinite() && !Double.isFinite(value)) {
      return Optional.of("%s is %s; the best was %s".formatted(monitor, value, bestScore));
    }
    if (options.stoppingThreshold() != null && better(value, options.stoppingThreshold())) {
      return Optional.of(
          "%s reached %s, beyond the wanted %s"
              .formatted(monitor, value, options.stoppingThreshold()));
    }
    if (options.divergenceThreshold() != null && better(options.divergenceThreshold(), value)) {
      return Optional.of(
          "%s is %s, worse than the allowed %s"
              .formatted(monitor, value, options.divergenceThreshold()));
    }
    if (better(value + sign * options.minDelta(), bestScore)) {
      bestScore = value;
      waitCount = 0;
      return Optional.empty();
    }
    waitCount++;
    return waitCount < options.patience()
        ? Optional.empty()
        : Optional.of(
            "%s did not get better than %s in the last %d checks"
                .formatted(monitor, bestScore, waitCount));
  }

  private boolean better(double one, double other) {
    return sign * one < sign * other;
  }
}
