package io.levin.accelerator;

import static java.util.Objects.requireNonNull;

/**
 * Whether something is there, and why not. Asking is free, never throws, never logs.
 *
 * @param reason what was found, or what was looked for and missed
 */
public record Availability(boolean isAvailable, int count, String reason) {
  public Availability {
    requireNonNull(reason, "reason");
  }

  public static Availability available(int count, String found) {
    return new Availability(true, count, found);
  }

  public static Availability unavailable(String reason) {
    return new Availability(false, 0, reason);
  }
}
