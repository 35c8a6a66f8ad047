package io.levin.core;

import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.SupportsAsyncSave;
import io.levin.plan.Choice;
import io.levin.plan.Offer;
import java.nio.file.Path;
import java.util.List;

/**
 * A CheckpointIO in a {@link CheckpointSlot}, and how it is used; the {@link Leases} guard that.
 */
final class Backend {
  final Choice choice;
  final CheckpointIO io;

  /** Calls under way. */
  int leases;

  /** Taken out of use; it is closed when its last call is done. */
  boolean isRetired;

  /** Being closed, by one thread. */
  boolean isClosing;

  Backend(Choice choice, CheckpointIO io) {
    this.choice = choice;
    this.io = io;
  }

  /** Whether it cannot go on without an offer: it came from it, or writes through its part. */
  boolean needs(Offer<?> offer) {
    return choice.offer() == offer || choice.fits().settings().containsValue(offer);
  }

  /**
   * Whether something that it was given may still come to disk later than what another is given.
   */
  boolean stillWrites() {
    return isRetired && io instanceof SupportsAsyncSave;
  }

  /**
   * Waits for what it still has to write, and closes it; once.
   *
   * @param durable told what came to disk
   */
  void close(List<Path> durable) {
    try {
      if (io instanceof SupportsAsyncSave behind) {
        behind.flush();
        durable.addAll(behind.durable());
      }
    } finally {
      io.close();
    }
  }

  @Override
  public String toString() {
    return "%s of bundle %s".formatted(choice.name(), choice.bundle());
  }
}
