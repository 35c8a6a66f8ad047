package io.levin.engine;

import ai.djl.engine.Engine;

/** Starts libtorch for this process, once, under a class loader that sees DJL. */
public final class Engines {
  private Engines() {}

  /** Starts the engine, or waits for another thread that is doing so. */
  public static synchronized Engine start() {
    System.setProperty("OPT_OUT_TRACKING", "true"); // DJL would call home
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Engine.class.getClassLoader());
    try {
      return Engine.getInstance();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
