package io.levin.cli;

import io.levin.launcher.Inspection;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Says whether jars would be taken in here together, and all that stands against each. */
final class PluginCheck {
  private PluginCheck() {}

  static int verify(List<String> jars, Session session) {
    int code = ExitCode.OK;
    for (String jar : jars) {
      List<Path> others =
          jars.stream()
              .filter(other -> !other.equals(jar) && Files.isRegularFile(Path.of(other)))
              .map(other -> Path.of(other).toAbsolutePath())
              .toList();
      Inspection found = new PluginNames(session.services()).inspect(Path.of(jar), others);
      print(jar, found, session.out());
      code = found.fits() ? code : ExitCode.FAILURE;
    }
    return code;
  }

  private static void print(String jar, Inspection found, PrintStream out) {
    if (found.fits()) {
      out.printf("fits     %s: %s %s%n", jar, found.name(), found.version());
      found
          .present()
          .ifPresent(
              there ->
                  out.printf(
                      "         %s is there too and has the same name; 'install --replace' puts"
                          + " this in its place%n",
                      there.jar().getFileName()));
    } else {
      out.printf("refused  %s: %s%n", jar, String.join("\n         ", reasons(found)));
    }
  }

  /** Everything that stands against a jar, a sentence each. */
  static List<String> reasons(Inspection found) {
    List<String> reasons = new ArrayList<>();
    found.objection().ifPresent(reasons::add);
    reasons.addAll(found.lacks());
    return reasons;
  }
}
