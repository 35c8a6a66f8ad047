package io.levin.core;

import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.SupportsAsyncSave;
import io.levin.plan.Choice;
import io.levin.plan.Offer;
import java.nio.file.Path;
import java.util.List;

/**
 * A CheckpointIO in the {@link CheckpointSlot}, and how many calls of it are under way. The slot's
 * lock guards it.
 */
final class Backend {
  final Choice choice;
  final CheckpointIO io;
  int leases;

  /** Taken out of use; it is closed when its last call is done. */
  boolean isRetired;

  private boolean isClosed;

  Backend(Choice choice, CheckpointIO io) {
    this.choice = choice;
    this.io = io;
  }

  /** Whether it cannot go on without an offer: it came from it, or writes through its part. */
  boolean needs(Offer<?> offer) {
    return choice.offer() == offer || choice.fits().settings().containsValue(offer);
  }

  /** Waits for what it still has to write, and closes it, once. */
  void close(List<Path> durable) {
    if (isClosed) {
      return;
    }
    isClosed = true;
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
