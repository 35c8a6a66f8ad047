package io.levin.launcher;

import java.io.IOException;

/**
 * The process that started this one as a further rank of its run. It holds this one's standard
 * input open and writes nothing to it: the end of that is the end of the parent, even by {@code
 * kill -9}, and of this process too.
 */
final class Parent {
  private static final int LOST = 1;
  private static final long LAST_WORDS_MILLIS = 3000;

  private Parent() {}

  /** Ends this process with its parent, if {@code levin.parent} says that it has one. */
  static void watch() {
    if (System.getProperty("levin.parent") == null) {
      return;
    }
    Thread thread = new Thread(Parent::await, "levin-parent");
    thread.setDaemon(true);
    thread.start();
  }

  private static void await() {
    try {
      while (System.in.read() >= 0) {
        // nothing is said
      }
    } catch (IOException e) {
      // the same
    }
    System.err.println("levin: The process that started this one is gone.");
    Thread end = new Thread(() -> System.exit(LOST), "levin-parent-exit");
    end.setDaemon(true);
    end.start();
    try {
      Thread.sleep(LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      // halts at once
    }
    Runtime.getRuntime().halt(LOST);
  }
}
