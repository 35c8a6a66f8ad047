package io.levin.launcher;

import java.util.List;
import sun.misc.Signal;

/** Takes SIGINT, SIGTERM and a scheduler's SIGUSR1 to a {@link Stop}. */
final class Signals {
  private Signals() {}

  static void handle(Stop stop) {
    for (String name : List.of("INT", "TERM", "USR1")) {
      try {
        Signal.handle(new Signal(name), signal -> received(stop, signal.getName()));
      } catch (IllegalArgumentException e) {
        // the JVM was told to leave signals alone (-Xrs), or the system lacks this one
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
