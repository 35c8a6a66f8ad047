package io.levin.launcher;

import io.levin.launcher.PluginFiles.Kind;
import io.levin.launcher.PluginFiles.Look;
import io.levin.launcher.PluginFiles.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Lets jars in: as a copy that was checked, or not, and then says why, once. */
final class PluginIntake {
  private final PluginGuard guard;
  private final PluginCopies copies;
  private final PluginLog log;
  private final Map<Path, Refused> refused = new LinkedHashMap<>();

  PluginIntake(PluginGuard guard, PluginCopies copies, PluginLog log) {
    this.guard = guard;
    this.copies = copies;
    this.log = log;
  }

  private record Refused(Stamp stamp, String reason, String sha256) {}

  /** A copy that may be installed; nothing when the jar is refused, or not there whole yet. */
  Optional<PluginCopies.Copy> checked(Path jar, Look look, boolean mayWait) {
    Stamp stamp = look.stamp();
    if (stamp.kind() != Kind.FILE) {
      String what = stamp.kind() == Kind.LINK ? "a symbolic link" : "not a file";
      refuse(jar, stamp, "it is %s. Copy the file itself there.".formatted(what), "");
      return Optional.empty();
    }
    String sha256 = "";
    try {
      PluginCopies.Copy copy = copies.of(jar);
      sha256 = copy.sha256();
      if (!PluginFiles.stamp(jar).equals(Optional.of(stamp))) {
        return Optional.empty(); // it changed meanwhile, which the next look will see
      }
      Optional<String> objection = guard.objection(copy);
      if (objection.isEmpty()) {
        return Optional.of(copy);
      }
      refuse(jar, stamp, objection.get(), sha256);
    } catch (IOException | RuntimeException e) { // whatever strange bytes lead to
      if (!mayWait || look.isSettled()) {
        refuse(jar, stamp, unreadable(e), sha256);
      }
    }
    return Optional.empty();
  }

  static String unreadable(Exception e) {
    return "it cannot be read (%s).".formatted(e.getMessage());
  }

  void refuse(Path jar, Stamp stamp, String reason, String sha256) {
    refused.put(jar, new Refused(stamp, reason, sha256));
    log.leftOut(jar, reason);
  }

  /** Whether this very state of the file was refused. */
  boolean hasRefused(Path jar, Stamp stamp) {
    return refused.containsKey(jar) && refused.get(jar).stamp().equals(stamp);
  }

  /** Forgets all but these. */
  void retain(Collection<Path> jars) {
    refused.keySet().retainAll(jars);
  }

  /** What is left out, by path. */
  Map<Path, Plugin> refused() {
    Map<Path, Plugin> all = new LinkedHashMap<>();
    refused.forEach((jar, out) -> all.put(jar, new Plugin(jar, -1, out.sha256(), out.reason())));
    return all;
  }
}
