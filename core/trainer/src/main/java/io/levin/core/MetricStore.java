package io.levin.core;

import ai.djl.ndarray.NDArray;
import io.levin.MisconfigurationException;
import io.levin.collective.Exchange;
import io.levin.collective.ProcessGroup;
import io.levin.collective.Reduction;
import io.levin.module.LogOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Values that a run has logged. Arrays are kept as they are and read only when somebody looks: on
 * logged steps, at the end of an epoch, when the progress bar refreshes.
 */
final class MetricStore implements AutoCloseable {

  /** A sum over an epoch, weighted by batch size. */
  private static final class Mean {
    double sum;
    double weight;

    void add(double value, double batchSize) {
      sum += value * batchSize;
      weight += batchSize;
    }

    double value() {
      return sum / weight;
    }
  }

  private static final class Pending {
    NDArray array;
    double value;
    boolean isShared;

    double read() {
      if (array != null) {
        value = Scalars.read(array);
        array.close();
        array = null;
      }
      return value;
    }

    void set(NDArray newArray, double newValue) {
      if (array != null) {
        array.close();
      }
      array = newArray;
      value = newValue;
    }
  }

  /** A value of an epoch's mean that is not computed yet. */
  private record Deferred(
      String name, NDArray array, LogOptions options, boolean onStep, double batchSize) {}

  private final boolean isDeferred;
  private final List<Deferred> deferred = new ArrayList<>();
  private final Map<String, Pending> step = new LinkedHashMap<>();
  private final Map<String, Mean> epoch = new LinkedHashMap<>();
  private final Map<String, Double> callback = new LinkedHashMap<>();
  private final Map<String, String> progressBar = new LinkedHashMap<>();
  private final ProcessGroup group;
  private boolean training;
  private double batchSize = 1;

  /**
   * @param group the ranks whose means are one
   * @param isDeferred whether arrays are to be left alone until {@link #settle}
   */
  MetricStore(ProcessGroup group, boolean isDeferred) {
    this.group = group;
    this.isDeferred = isDeferred;
  }

  /** Reads what was logged in a step that has ended. */
  void settle() {
    for (Deferred value : deferred) {
      try (NDArray array = value.array) {
        put(value.name, Scalars.read(array), value.options, value.onStep, value.batchSize);
      }
    }
    deferred.clear();
  }

  /** Says where the next values come from. */
  void enter(boolean isTraining, double newBatchSize) {
    training = isTraining;
    batchSize = newBatchSize;
  }

  void log(String name, NDArray array, LogOptions options) {
    if (array.size() != 1) {
      throw new MisconfigurationException(
          "Metric '%s' has shape %s, but a metric is one number.".formatted(name, array.getShape()),
          "Reduce it first, for example with mean().");
    }
    boolean onStep = onStep(options);
    if (onEpoch(options) && isDeferred) {
      array.detach();
      deferred.add(new Deferred(name, array, options, onStep, batchSize));
    } else if (onEpoch(options)) {
      double value = Scalars.read(array);
      put(name, value, options, onStep, batchSize);
    } else if (onStep) {
      NDArray kept = array;
      kept.detach();
      pending(name).set(kept, Double.NaN);
      pending(name).isShared = options.sync();
      showOnBar(name, name, options);
    }
  }

  void log(String name, double value, LogOptions options) {
    put(name, value, options, onStep(options), batchSize);
  }

  private void put(String name, double value, LogOptions options, boolean onStep, double weight) {
    boolean onEpoch = onEpoch(options);
    String stepName = onStep && onEpoch ? name + "_step" : name;
    if (onStep) {
      pending(stepName).set(null, value);
      pending(stepName).isShared = options.sync();
    }
    if (onEpoch) {
      String epochName = onStep ? name + "_epoch" : name;
      epoch.computeIfAbsent(epochName, key -> new Mean()).add(value, weight);
    }
    showOnBar(name, onStep ? stepName : name, options);
  }

  private void showOnBar(String name, String source, LogOptions options) {
    if (options.progressBar()) {
      progressBar.put(name, source);
    }
  }

  private Pending pending(String name) {
    return step.computeIfAbsent(name, key -> new Pending());
  }

  private boolean onStep(LogOptions options) {
    return options.onStep() == null ? training : options.onStep();
  }

  private boolean onEpoch(LogOptions options) {
    return options.onEpoch() == null ? !training : options.onEpoch();
  }

  /** The newest values of this step's metrics. */
  Map<String, Double> stepMetrics() {
    Map<String, Double> values = new LinkedHashMap<>();
    step.forEach((name, pending) -> values.put(name, pending.read()));
    callback.putAll(values);
    return values;
  }

  /** The same, with the means over all ranks of those that are shared; every rank must call it. */
  Map<String, Double> sharedStepMetrics() {
    List<Pending> shared = step.values().stream().filter(pending -> pending.isShared).toList();
    if (group.size() > 1 && !shared.isEmpty()) {
      double[] own = shared.stream().mapToDouble(Pending::read).toArray();
      double[] means = Exchange.reduce(group, Reduction.MEAN, own);
      for (int i = 0; i < means.length; i++) {
        shared.get(i).set(null, means[i]);
      }
    }
    return stepMetrics();
  }

  /**
   * Ends an epoch of training or evaluation: its means over all ranks, each batch with the weight
   * of its size, which then start again. Every rank must call it.
   */
  Map<String, Double> endEpoch() {
    Map<String, Double> values = new LinkedHashMap<>();
    sums().forEach((name, mean) -> values.put(name, mean.value()));
    epoch.clear();
    callback.putAll(values);
    return values;
  }

  /** The sums over all ranks; a rank that has not logged a metric adds nothing to it. */
  private Map<String, Mean> sums() {
    if (group.size() == 1) {
      return epoch;
    }
    Set<String> names = new LinkedHashSet<>();
    for (String logged : Exchange.gather(group, String.join("\n", epoch.keySet()))) {
      logged.lines().forEach(names::add);
    }
    double[] own = new double[names.size() * 2];
    int i = 0;
    for (String name : names) {
      Mean mean = epoch.getOrDefault(name, new Mean());
      own[i++] = mean.sum;
      own[i++] = mean.weight;
    }
    double[] all = own.length == 0 ? own : Exchange.reduce(group, Reduction.SUM, own);
    Map<String, Mean> sums = new LinkedHashMap<>();
    i = 0;
    for (String name : names) {
      Mean mean = new Mean();
      mean.sum = all[i++];
      mean.weight = all[i++];
      sums.put(name, mean);
    }
    return sums;
  }

  /** Forgets everything, as after a sanity check. */
  void forget() {
    close();
    epoch.clear();
    callback.clear();
    progressBar.clear();
  }

  /** A metric that did not come from a step. */
  void put(String name, double value) {
    callback.put(name, value);
  }

  Map<String, Double> callbackMetrics() {
    stepMetrics();
    return new LinkedHashMap<>(callback);
  }

  Map<String, Double> progressBarMetrics() {
    Map<String, Double> values = new LinkedHashMap<>();
    progressBar.forEach(
        (name, source) -> {
          Pending pending = step.get(source);
          Double value = pending != null ? (Double) pending.read() : callback.get(source);
          if (value != null) {
            values.put(name, value);
          }
        });
    return values;
  }

  /** Sums of the running epoch over all ranks, for a checkpoint in the middle of it. */
  Map<String, Object> state() {
    Map<String, Object> sums = new LinkedHashMap<>();
    sums().forEach((name, mean) -> sums.put(name, List.of(mean.sum, mean.weight)));
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("epoch_sums", sums);
    state.put("callback_metrics", new LinkedHashMap<String, Object>(callbackMetrics()));
    return state;
  }

  /** Rank 0 goes on with the sums of all. */
  void restore(Map<String, Object> state) {
    epoch.clear();
    Map<String, Object> sums = group.rank() == 0 ? Plain.map(state, "epoch_sums") : Map.of();
    sums.forEach(
        (name, pair) -> {
          List<?> numbers = (List<?>) pair;
          Mean mean = new Mean();
          mean.sum = ((Number) numbers.get(0)).doubleValue();
          mean.weight = ((Number) numbers.get(1)).doubleValue();
          epoch.put(name, mean);
        });
    Plain.map(state, "callback_metrics")
        .forEach((name, value) -> callback.put(name, ((Number) value).doubleValue()));
  }

  @Override
  public void close() {
    deferred.forEach(value -> value.array.close());
    deferred.clear();
    step.values().forEach(pending -> pending.set(null, Double.NaN));
    step.clear();
  }
}
