package io.levin.optim;

import static java.util.Objects.requireNonNull;

/**
 * When a scheduler is advanced.
 *
 * @param interval after each optimizer step, or at the end of each epoch
 * @param frequency every so many of them
 * @param monitor metric given to it, or null
 * @param strict whether a missing metric is an error (else a warning)
 * @param name name in logs, or null
 */
public record SchedulerConfig(
    Scheduler scheduler,
    Interval interval,
    int frequency,
    String monitor,
    boolean strict,
    String name) {

  /** Unit of a scheduler's steps. */
  public enum Interval {
    STEP,
    EPOCH
  }

  public SchedulerConfig {
    requireNonNull(scheduler, "scheduler");
    requireNonNull(interval, "interval");
    if (frequency < 1) {
      throw new IllegalArgumentException("frequency is " + frequency + ", but must be at least 1");
    }
  }

  public static SchedulerConfig everyEpoch(Scheduler scheduler) {
    return new SchedulerConfig(scheduler, Interval.EPOCH, 1, null, true, null);
  }

  public static SchedulerConfig everyStep(Scheduler scheduler) {
    return new SchedulerConfig(scheduler, Interval.STEP, 1, null, true, null);
  }

  public SchedulerConfig monitoring(String metric) {
    return new SchedulerConfig(scheduler, interval, frequency, metric, strict, name);
  }

  public SchedulerConfig named(String newName) {
    return new SchedulerConfig(scheduler, interval, frequency, monitor, strict, newName);
  }
}
