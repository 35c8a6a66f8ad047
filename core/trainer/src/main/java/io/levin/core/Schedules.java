package io.levin.core;

import io.levin.MisconfigurationException;
import io.levin.optim.SchedulerConfig;
import io.levin.optim.SchedulerConfig.Interval;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Advances learning-rate schedules at the right moments. */
final class Schedules {
  private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

  private final List<SchedulerConfig> configs;

  Schedules(List<SchedulerConfig> configs) {
    this.configs = configs;
    for (SchedulerConfig config : configs) {
      if (config.scheduler().needsMetric() && config.monitor() == null) {
        throw new MisconfigurationException(
            config.scheduler().name() + " needs a metric to look at, but monitors none.",
            "Name one: SchedulerConfig.everyEpoch(scheduler).monitoring(\"val_loss\").");
      }
    }
  }

  List<SchedulerConfig> configs() {
    return configs;
  }

  /**
   * Advances what is due.
   *
   * @param count completed steps or epochs, from 1
   * @param onMetric whether to advance the schedules that look at a metric, or the others
   * @param skipped whether this optimizer's update was left out, and schedules wait for it
   */
  void advance(
      Interval interval,
      long count,
      boolean onMetric,
      Map<String, Double> metrics,
      boolean skipped) {
    for (SchedulerConfig config : configs) {
      boolean due =
          config.interval() == interval
              && config.scheduler().needsMetric() == onMetric
              && count % config.frequency() == 0
              && !skipped;
      if (!due) {
        continue;
      }
      if (!onMetric) {
        config.scheduler().step();
        continue;
      }
      Double value = metrics.get(config.monitor());
      if (value != null) {
        config.scheduler().step(value);
      } else if (config.strict()) {
        throw new MisconfigurationException(
            "%s monitors '%s', which nobody logged. Logged: %s."
                .formatted(config.scheduler().name(), config.monitor(), metrics.keySet()),
            "Log it in a step, or monitor another metric.");
      } else {
        LOG.warn(
            "{} waits for '{}', which nobody logged", config.scheduler().name(), config.monitor());
      }
    }
  }

  /** Whether any schedule looks at a metric. */
  boolean watchMetrics(Interval interval) {
    for (SchedulerConfig config : configs) {
      if (config.interval() == interval && config.scheduler().needsMetric()) {
        return true;
      }
    }
    return false;
  }
}
