package io.levin.core;

import ai.djl.engine.Engine;
import io.levin.LevinException;
import io.levin.torch.RandomState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine's random numbers: seeded, and put back exactly where the platform allows it. */
final class RandomNumbers {
  private static final Logger LOG = LoggerFactory.getLogger(RandomNumbers.class);

  void seed(long seed) {
    Engine.getInstance().setRandomSeed((int) seed);
  }

  /** The generator's state as bytes; null where it cannot be read. */
  Object state() {
    return RandomState.isAvailable() ? RandomState.get() : null;
  }

  void restore(Object state) {
    if (!(state instanceof byte[] bytes)) {
      return;
    }
    if (!RandomState.isAvailable()) {
      LOG.warn(
          "the random numbers do not go on where they were, so dropout differs: {}",
          RandomState.missing());
      return;
    }
    try {
      RandomState.set(bytes);
    } catch (IllegalArgumentException e) {
      throw LevinException.user(
          "The checkpoint's random numbers cannot be put back: %s.".formatted(e.getMessage()),
          "The file is damaged: resume from another checkpoint.");
    }
  }
}
