package io.levin.benchmarks.swap.inside;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits. */
final class Pause {
  private Pause() {}

  static void millis(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Gives the nanoseconds that it took. */
  static long until(BooleanSupplier isSo, String what) {
    long start = System.nanoTime();
    while (!isSo.getAsBoolean()) {
      millis(5);
      if (System.nanoTime() - start > 60_000_000_000L) {
        throw new IllegalStateException("Waited a minute in vain: " + what);
      }
    }
    return System.nanoTime() - start;
  }
}
