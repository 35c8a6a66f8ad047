package io.levin.core;

import java.util.LinkedHashMap;
import java.util.Map;

/** What happened in a {@link CheckpointSlot}. Thread-safe. */
final class SlotStatistics {
  private long swaps;
  private long retries;
  private long drains;
  private long forced;
  private long longestDrain;
  private long calls;
  private long longestCall;
  private long longestHold;
  private long holdsOverMilli;
  private long longestGap;

  synchronized void swapped() {
    swaps++;
  }

  synchronized void retried() {
    retries++;
  }

  synchronized void drained(long nanos, boolean isForced) {
    drains++;
    forced += isForced ? 1 : 0;
    longestDrain = Math.max(longestDrain, nanos);
  }

  synchronized void called(long nanos) {
    calls++;
    longestCall = Math.max(longestCall, nanos);
  }

  /**
   * How long a call waited for its backend.
   *
   * @param isHeldUp whether none was there, or one that has left still wrote
   */
  synchronized void waited(long nanos, boolean isHeldUp) {
    if (isHeldUp) {
      longestGap = Math.max(longestGap, nanos);
    } else {
      longestHold = Math.max(longestHold, nanos);
      holdsOverMilli += nanos > 1_000_000 ? 1 : 0;
    }
  }

  synchronized long swaps() {
    return swaps;
  }

  /** For the summary; times in milliseconds, or microseconds where the name ends so. */
  synchronized Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("swaps", swaps);
    values.put("calls", calls);
    values.put("longest_call_ms", longestCall / 1_000_000);
    values.put("longest_hold_us", longestHold / 1_000);
    values.put("holds_over_1_ms", holdsOverMilli);
    values.put("longest_wait_for_none_or_writes_ms", longestGap / 1_000_000);
    values.put("waited_for_a_leaving_backend", drains);
    values.put("longest_wait_ms", longestDrain / 1_000_000);
    values.put("given_up_waiting", forced);
    values.put("calls_made_again", retries);
    return values;
  }
}
