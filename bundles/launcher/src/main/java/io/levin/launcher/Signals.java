package io.levin.launcher;

import java.util.List;
import sun.misc.Signal;

/** Takes to a {@link Stop} what people and schedulers send to end a process. */
final class Signals {
  private Signals() {}

  static void handle(Stop stop) {
    for (String name : List.of("INT", "TERM", "HUP", "USR1", "USR2")) {
      try {
        Signal.handle(new Signal(name), signal -> received(stop, signal.getName()));
      } catch (IllegalArgumentException e) {
        // the JVM was told to leave signals alone (-Xrs), or the system lacks this one
      }
    }
  }

  private static void received(Stop stop, String name) {
    if (!stop.request(name)) {
      if (Stop.exitCode(name) == Stop.REQUEUE) {
        System.err.println(
            "levin: Signal " + name + ", and nothing runs that could be kept: start it again.");
      }
      // exit, not halt: hooks remove temporary files
      System.exit(Stop.exitCode(name));
    }
  }
}
