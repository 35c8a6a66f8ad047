package io.levin.launcher;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;

/** Tells people what becomes of plugins, a line each. */
record PluginLog(PrintStream err) {

  /** Something became of a plugin that is told by a word: in, updated, out. */
  void say(String became, Path jar, Bundle bundle) {
    say(jar, "is %s: %s %s".formatted(became, bundle.getSymbolicName(), bundle.getVersion()));
  }

  void leftOut(Path jar, String reason) {
    say(jar, "is left out: " + reason.lines().collect(Collectors.joining(" ")));
  }

  void say(Path jar, String what) {
    err.printf("levin: plugin %s %s%n", jar.getFileName(), what);
  }
}
