package io.levin.core;

import io.levin.collective.Exchange;
import io.levin.collective.ProcessGroup;
import io.levin.collective.Reduction;

/**
 * Why a run is to end before its time. Anybody may say so, on any rank and from any thread; the
 * loops heed it where all ranks have agreed, so that none goes on alone.
 */
final class Ending {
  private final ProcessGroup group;
  private volatile String stop;
  private volatile String interrupt;
  private String agreedStop;
  private String agreedInterrupt;

  Ending(ProcessGroup group) {
    this.group = group;
  }

  void stop(String reason) {
    stop = reason;
  }

  void interrupt(String reason) {
    interrupt = reason;
  }

  /** Whether this rank has been told to end, or all have agreed to. */
  boolean isWanted() {
    return stop != null || interrupt != null || agreedStop != null || agreedInterrupt != null;
  }

  /** Tells the other ranks and hears them; every rank must call it. */
  void agree() {
    if (group.size() == 1) {
      return;
    }
    double[] said =
        Exchange.reduce(group, Reduction.MAX, stop == null ? 0 : 1, interrupt == null ? 0 : 1);
    if (said[0] > 0 && agreedStop == null) {
      agreedStop = first(stop);
    }
    if (said[1] > 0 && agreedInterrupt == null) {
      agreedInterrupt = first(interrupt);
    }
  }

  /** The reason of the lowest rank that has one. */
  private String first(String own) {
    return Exchange.gather(group, own == null ? "" : own).stream()
        .filter(reason -> !reason.isEmpty())
        .findFirst()
        .orElseThrow();
  }

  /** Why training stops at the end of its epoch; null while nobody wants that. */
  String stopReason() {
    return group.size() == 1 ? stop : agreedStop;
  }

  /** Why the run ends at the next step; null while nobody wants that. */
  String interruptReason() {
    return group.size() == 1 ? interrupt : agreedInterrupt;
  }
}
