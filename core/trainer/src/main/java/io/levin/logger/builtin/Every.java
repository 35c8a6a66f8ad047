package io.levin.logger.builtin;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Says when something that is done at most so often is due again. Not thread-safe. */
final class Every {
  private final long interval;
  private final LongSupplier nanos;
  private long last;

  /**
   * @param nanos a clock like {@link System#nanoTime}; the first interval begins now
   */
  Every(Duration interval, LongSupplier nanos) {
    this.interval = interval.toNanos();
    this.nanos = nanos;
    this.last = nanos.getAsLong();
  }

  /** Whether the interval is over; if so the next one begins. */
  boolean due() {
    long now = nanos.getAsLong();
    if (now - last < interval) {
      return false;
    }
    last = now;
    return true;
  }
}
