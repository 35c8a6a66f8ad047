package io.levin.launcher;

import java.util.List;
import sun.misc.Signal;

/** Takes SIGINT and SIGTERM to a {@link Stop}. */
final class Signals {
  private Signals() {}

  static void handle(Stop stop) {
    for (String name : List.of("INT", "TERM")) {
      try {
        Signal.handle(new Signal(name), signal -> received(stop, signal.getName()));
      } catch (IllegalArgumentException e) {
        // the JVM was told to leave signals alone (-Xrs): they end the process as ever
      }
    }
  }

  private static void received(Stop stop, String name) {
    if (!stop.request(name)) {
      // exit, not halt: hooks remove temporary files
      System.exit(Stop.exitCode(name));
    }
  }
}
