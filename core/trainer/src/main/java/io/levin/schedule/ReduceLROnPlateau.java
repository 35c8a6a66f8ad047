package io.levin.schedule;

import io.levin.MisconfigurationException;
import io.levin.optim.Optimizer;
import io.levin.optim.ParameterGroup;
import io.levin.optim.Scheduler;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lowers the rate when a metric has stopped getting better. */
public final class ReduceLROnPlateau implements Scheduler {
  /** Options, with PyTorch's defaults in {@link #DEFAULTS}. */
  public record Options(
      boolean max,
      double factor,
      int patience,
      double threshold,
      boolean absolute,
      int cooldown,
      double minLr,
      double eps) {
    public static final Options DEFAULTS = new Options(false, 0.1, 10, 1e-4, false, 0, 0, 1e-8);

    public Options {
      if (factor >= 1) {
        throw new IllegalArgumentException("factor is " + factor + ", but must be below 1");
      }
    }

    public Options patience(int steps) {
      return new Options(max, factor, steps, threshold, absolute, cooldown, minLr, eps);
    }
  }

  private final Optimizer optimizer;
  private final Options options;
  private double best;
  private int badEpochs;
  private int cooldownCounter;
  private long lastEpoch;
  private List<Double> lastLrs;

  public ReduceLROnPlateau(Optimizer optimizer, Options options) {
    this.optimizer = optimizer;
    this.options = options;
    this.best = worst();
    this.lastLrs = rates();
  }

  private double worst() {
    return options.max() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  private List<Double> rates() {
    return optimizer.groups().stream().map(ParameterGroup::lr).toList();
  }

  @Override
  public Optimizer optimizer() {
    return optimizer;
  }

  @Override
  public boolean needsMetric() {
    return true;
  }

  @Override
  public void step() {
    throw new MisconfigurationException(
        "ReduceLROnPlateau was advanced without a metric.", "Call step(metric).");
  }

  @Override
  public void step(double metric) {
    lastEpoch++;
    if (isBetter(metric)) {
      best = metric;
      badEpochs = 0;
    } else {
      badEpochs++;
    }
    if (cooldownCounter > 0) {
      cooldownCounter--;
      badEpochs = 0;
    }
    if (badEpochs > options.patience()) {
      reduce();
      cooldownCounter = options.cooldown();
      badEpochs = 0;
    }
    lastLrs = rates();
  }

  private boolean isBetter(double metric) {
    double margin = options.threshold();
    if (options.max()) {
      return metric > (options.absolute() ? best + margin : best * (1 + margin));
    }
    return metric < (options.absolute() ? best - margin : best * (1 - margin));
  }

  private void reduce() {
    for (ParameterGroup group : optimizer.groups()) {
      double reduced = Math.max(group.lr() * options.factor(), options.minLr());
      if (group.lr() - reduced > options.eps()) {
        group.lr(reduced);
      }
    }
  }

  @Override
  public List<Double> lastLrs() {
    return lastLrs;
  }

  @Override
  public Map<String, Object> stateDict() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("factor", options.factor());
    state.put("min_lrs", Collections.nCopies(optimizer.groups().size(), options.minLr()));
    state.put("patience", (long) options.patience());
    state.put("verbose", false);
    state.put("cooldown", (long) options.cooldown());
    state.put("cooldown_counter", (long) cooldownCounter);
    state.put("mode", options.max() ? "max" : "min");
    state.put("threshold", options.threshold());
    state.put("threshold_mode", options.absolute() ? "abs" : "rel");
    state.put("best", best);
    state.put("num_bad_epochs", (long) badEpochs);
    state.put("mode_worse", worst());
    state.put("eps", options.eps());
    state.put("last_epoch", lastEpoch);
    state.put("_last_lr", List.copyOf(lastLrs));
    return state;
  }

  @Override
  public void loadStateDict(Map<String, Object> state) {
    best = ((Number) state.get("best")).doubleValue();
    badEpochs = ((Number) state.get("num_bad_epochs")).intValue();
    cooldownCounter = ((Number) state.get("cooldown_counter")).intValue();
    lastEpoch = ((Number) state.get("last_epoch")).longValue();
    lastLrs = rates();
  }
}
