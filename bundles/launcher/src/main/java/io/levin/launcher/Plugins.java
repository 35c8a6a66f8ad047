package io.levin.launcher;

import io.levin.launcher.PluginFiles.Look;
import io.levin.launcher.PluginFiles.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/**
 * The bundles of a folder, as they are now: installed when a jar comes, updated when it changes,
 * uninstalled when it goes. One that may not be in, or fails, is reported in a line and left out;
 * the rest goes on. Used by one thread at a time, but for {@link #present}.
 */
final class Plugins {
  private final BundleContext context;
  private final PluginFiles files;
  private final PluginIntake intake;
  private final PluginBundles bundles;
  private final PluginLog log;
  private final Map<Path, Installed> installed = new LinkedHashMap<>();

  /** Stopped, but kept for a run that needs their classes. */
  private final Map<Path, Bundle> leaving = new LinkedHashMap<>();

  /** Changed jars whose bundles a run still needs as they were. */
  private final Set<Path> postponed = new HashSet<>();

  private volatile List<Present> present = List.of();

  private record Installed(Bundle bundle, Stamp stamp, PluginCopies.Copy copy, String trouble) {}

  /**
   * A jar in the folder.
   *
   * @param copy of it, of which the bundle is; empty when it is left out
   */
  record Present(Plugin plugin, Optional<Path> copy) {}

  Plugins(BundleContext context, PluginFiles files, PluginIntake intake, PluginLog log) {
    this.context = context;
    this.files = files;
    this.intake = intake;
    this.bundles = new PluginBundles(context);
    this.log = log;
  }

  /** Takes in what is there when everything starts; nobody is told of what goes well. */
  void start() {
    List<Path> fresh = new ArrayList<>();
    files
        .look()
        .forEach(
            (jar, look) -> {
              if (install(jar, look, false)) {
                fresh.add(jar);
              }
            });
    fresh.forEach(this::begin);
    tell();
  }

  /** Looks what has changed since the last time; a file that still grows is waited for. */
  void refresh() {
    Map<Path, Look> now = files.look();
    for (Path jar : List.copyOf(installed.keySet())) {
      if (!now.containsKey(jar)) {
        leave(jar);
      }
    }
    for (Map.Entry<Path, Bundle> gone : List.copyOf(leaving.entrySet())) {
      if (InUse.by(gone.getValue(), context).isEmpty()) {
        uninstall(gone.getKey(), gone.getValue());
        leaving.remove(gone.getKey());
      }
    }
    now.forEach(
        (jar, look) -> {
          if (look.isSteady() && isNew(jar, look.stamp())) {
            take(jar, look);
          }
        });
    intake.retain(now.keySet());
    tell();
  }

  /** What became of every jar. May be called by any thread. */
  List<Present> present() {
    return present;
  }

  private void tell() {
    Map<Path, Present> all = new LinkedHashMap<>();
    intake.refused().forEach((jar, out) -> all.put(jar, new Present(out, Optional.empty())));
    installed.forEach(
        (jar, in) ->
            all.put(
                jar,
                new Present(
                    new Plugin(jar, in.bundle().getBundleId(), in.copy().sha256(), in.trouble()),
                    Optional.of(in.copy().file()))));
    present = List.copyOf(all.values());
  }

  private boolean isNew(Path jar, Stamp stamp) {
    boolean isAsInstalled = installed.containsKey(jar) && installed.get(jar).stamp().equals(stamp);
    return !isAsInstalled && !leaving.containsKey(jar) && !intake.hasRefused(jar, stamp);
  }

  private void take(Path jar, Look look) {
    if (installed.containsKey(jar)) {
      update(jar, look);
    } else if (install(jar, look, true) && begin(jar)) {
      log.say("in", jar, installed.get(jar).bundle());
      retry();
    }
  }

  private boolean install(Path jar, Look look, boolean mayWait) {
    Optional<PluginCopies.Copy> copy = intake.checked(jar, look, mayWait);
    if (copy.isEmpty()) {
      return false;
    }
    try {
      Bundle bundle = bundles.install(copy.get());
      installed.put(jar, new Installed(bundle, look.stamp(), copy.get(), ""));
      return true;
    } catch (BundleException e) {
      intake.refuse(jar, look.stamp(), Reasons.of(e), copy.get().sha256());
      return false;
    }
  }

  private void update(Path jar, Look look) {
    Bundle bundle = installed.get(jar).bundle();
    String users = InUse.by(bundle, context);
    if (!users.isEmpty()) {
      if (postponed.add(jar)) {
        log.say(
            jar, "has changed; %s needs it as it was, and until then it stays.".formatted(users));
      }
      return;
    }
    postponed.remove(jar);
    Optional<PluginCopies.Copy> copy = intake.checked(jar, look, true);
    if (copy.isEmpty()) {
      return;
    }
    String sha256 = copy.get().sha256();
    try {
      bundles.update(bundle, copy.get());
      installed.put(jar, new Installed(bundle, look.stamp(), copy.get(), ""));
      if (begin(jar)) {
        log.say("updated", jar, bundle);
        retry();
      }
    } catch (IOException e) {
      intake.refuse(jar, look.stamp(), PluginIntake.unreadable(e), sha256);
    } catch (BundleException e) {
      intake.refuse(jar, look.stamp(), Reasons.of(e), sha256);
    }
  }

  /** Its offers go at once; its classes, when no run needs them any longer. */
  private void leave(Path jar) {
    Bundle bundle = installed.remove(jar).bundle();
    postponed.remove(jar);
    String users = InUse.by(bundle, context);
    if (users.isEmpty()) {
      uninstall(jar, bundle);
      log.say("out", jar, bundle);
      return;
    }
    leaving.put(jar, bundle);
    try {
      bundles.stop(bundle);
    } catch (BundleException e) {
      log.say(jar, "did not stop cleanly: " + Reasons.of(e));
    }
    log.say("out", jar, bundle);
    log.say(jar, "is kept in memory until %s has ended.".formatted(users));
  }

  private void uninstall(Path jar, Bundle bundle) {
    try {
      bundles.uninstall(bundle);
    } catch (BundleException e) {
      log.say(jar, "did not go cleanly: " + Reasons.of(e));
    }
  }

  /** Those that lacked something may find it now. */
  private void retry() {
    for (Map.Entry<Path, Installed> waiting : List.copyOf(installed.entrySet())) {
      Bundle bundle = waiting.getValue().bundle();
      if (bundle.getState() == Bundle.INSTALLED
          && new Lacks(context.getBundle(0)).of(bundle).isEmpty()
          && begin(waiting.getKey())) {
        log.say("in", waiting.getKey(), bundle);
      }
    }
  }

  private boolean begin(Path jar) {
    Installed in = installed.get(jar);
    String trouble;
    try {
      trouble = String.join(" ", bundles.start(in.bundle()));
    } catch (BundleException e) {
      trouble = Reasons.of(e);
    }
    installed.put(jar, new Installed(in.bundle(), in.stamp(), in.copy(), trouble));
    if (!trouble.isEmpty()) {
      log.leftOut(jar, trouble);
    }
    return trouble.isEmpty();
  }
}
