package io.levin.core;

import ai.djl.engine.Engine;
import io.levin.torch.RandomState;

/** The engine's random numbers: seeded, and put back exactly where the platform allows it. */
final class RandomNumbers {
  void seed(long seed) {
    Engine.getInstance().setRandomSeed((int) seed);
  }

  /** The generator's state as bytes; null where it cannot be read. */
  Object state() {
    return RandomState.isAvailable() ? RandomState.get() : null;
  }

  void restore(Object state) {
    if (state instanceof byte[] bytes && RandomState.isAvailable()) {
      RandomState.set(bytes);
    }
  }
}
