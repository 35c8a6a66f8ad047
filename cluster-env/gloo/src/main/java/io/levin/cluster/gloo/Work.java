package io.levin.cluster.gloo;

import ai.djl.engine.EngineException;

/** An operation as a group carries it out. Making one prepares it and sends nothing. */
interface Work extends AutoCloseable {
  /**
   * Starts it.
   *
   * @param kind what the ranks have agreed to call it
   */
  void start(Link link, Tags tags, int kind);

  /** Waits for it, and does what is left. */
  void finish();

  /** Waits for whatever of it still runs, after a failure. */
  void drain();

  @Override
  void close();

  /** For what is expected to fail. */
  static void quietly(Runnable action) {
    try {
      action.run();
    } catch (EngineException e) {
      // It failed before, and that was reported.
    }
  }
}
