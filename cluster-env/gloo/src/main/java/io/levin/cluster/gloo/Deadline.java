package io.levin.cluster.gloo;

import java.time.Duration;

/** A moment by which something must be done. */
final class Deadline {
  private final long nanos;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  static Deadline after(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The time left; a millisecond when there is none, so that what is there already is seen. */
  Duration left() {
    return Duration.ofNanos(Math.max(1_000_000, nanos - System.nanoTime()));
  }

  boolean isOver() {
    return nanos - System.nanoTime() <= 0;
  }

  /** A time as people say it, for example {@code 30 min} or {@code 2.5 s}. */
  static String shown(Duration time) {
    if (time.toSeconds() >= 120 && time.toMillis() % 60_000 == 0) {
      return time.toMinutes() + " min";
    }
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() / 1000.0 + " s";
  }
}
