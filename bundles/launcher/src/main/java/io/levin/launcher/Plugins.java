package io.levin.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The bundles of a folder, as they are now: installed when a jar comes, updated when it changes,
 * uninstalled when it goes. One that may not be in, or fails, is reported in a line and left out;
 * the rest goes on. Used by one thread at a time.
 */
final class Plugins {
  private static final int REFRESH_SECONDS = 60;

  private final BundleContext context;
  private final Path folder;
  private final PluginGuard guard;
  private final PluginCopies copies;
  private final PrintStream err;
  private final Map<Path, Installed> installed = new LinkedHashMap<>();
  private final Map<Path, Stamp> refused = new HashMap<>();
  private Map<Path, Stamp> seen = Map.of();

  /** What tells one state of a file from another. */
  private record Stamp(long size, long modified, Object key, boolean isLink) {}

  private record Installed(Bundle bundle, Stamp stamp) {}

  Plugins(
      BundleContext context, Path folder, PluginGuard guard, PluginCopies copies, PrintStream err) {
    this.context = context;
    this.folder = folder;
    this.guard = guard;
    this.copies = copies;
    this.err = err;
  }

  /** Takes in what is there when everything starts; nobody is told of what goes well. */
  void start() {
    seen = stamps();
    Map<Path, Bundle> fresh = new LinkedHashMap<>();
    seen.forEach((jar, stamp) -> install(jar, stamp).ifPresent(bundle -> fresh.put(jar, bundle)));
    fresh.forEach((jar, bundle) -> start(bundle, jar));
  }

  /** Looks what has changed since the last time; a file that still grows is waited for. */
  void refresh() {
    Map<Path, Stamp> now = stamps();
    for (Path jar : List.copyOf(installed.keySet())) {
      if (!now.containsKey(jar)) {
        uninstall(jar);
      }
    }
    now.forEach(
        (jar, stamp) -> {
          boolean isNew =
              (!installed.containsKey(jar) || !installed.get(jar).stamp().equals(stamp))
                  && !stamp.equals(refused.get(jar));
          if (isNew && stamp.equals(seen.get(jar))) {
            take(jar, stamp);
          }
        });
    refused.keySet().retainAll(now.keySet());
    seen = now;
  }

  private void take(Path jar, Stamp stamp) {
    if (installed.containsKey(jar)) {
      update(jar, stamp);
      return;
    }
    Optional<Bundle> bundle = install(jar, stamp);
    if (bundle.isPresent() && start(bundle.get(), jar)) {
      say("plugin %s is in: %s", jar, bundle.get());
    }
  }

  private Optional<Bundle> install(Path jar, Stamp stamp) {
    try {
      Optional<PluginCopies.Copy> copy = checked(jar, stamp);
      if (copy.isPresent()) {
        Bundle bundle = context.installBundle("reference:" + copy.get().file().toUri());
        installed.put(jar, new Installed(bundle, stamp));
        return Optional.of(bundle);
      }
    } catch (IOException e) {
      refuse(jar, stamp, "it cannot be read (%s).".formatted(e.getMessage()));
    } catch (BundleException e) {
      refuse(jar, stamp, Reasons.of(e));
    }
    return Optional.empty();
  }

  /** Stopping lets those finish who use what it offers, before its classes change. */
  private void update(Path jar, Stamp stamp) {
    Bundle bundle = installed.get(jar).bundle();
    try {
      Optional<PluginCopies.Copy> copy = checked(jar, stamp);
      if (copy.isEmpty()) {
        return;
      }
      bundle.stop();
      try (InputStream in = Files.newInputStream(copy.get().file())) {
        bundle.update(in);
      }
      installed.put(jar, new Installed(bundle, stamp));
      refreshWiring(bundle);
      if (start(bundle, jar)) {
        say("plugin %s is updated: %s", jar, bundle);
      }
    } catch (IOException e) {
      refuse(jar, stamp, "it cannot be read (%s).".formatted(e.getMessage()));
    } catch (BundleException e) {
      refuse(jar, stamp, Reasons.of(e));
    }
  }

  private void uninstall(Path jar) {
    Bundle bundle = installed.remove(jar).bundle();
    try {
      bundle.stop();
      bundle.uninstall();
      refreshWiring(bundle);
      say("plugin %s is out: %s", jar, bundle);
    } catch (BundleException e) {
      complain(jar, Reasons.of(e));
    }
  }

  /** Done in another thread, which holds the framework's lock: nothing can be started meanwhile. */
  private void refreshWiring(Bundle bundle) {
    CountDownLatch done = new CountDownLatch(1);
    context
        .getBundle(0)
        .adapt(FrameworkWiring.class)
        .refreshBundles(
            List.of(bundle),
            event -> {
              if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                done.countDown();
              }
            });
    try {
      if (!done.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
        err.printf("levin: the framework is still busy with %s%n", bundle.getSymbolicName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A copy that may be installed; nothing when the jar is refused. */
  private Optional<PluginCopies.Copy> checked(Path jar, Stamp stamp) throws IOException {
    if (stamp.isLink()) {
      refuse(jar, stamp, "it is a symbolic link. Copy the file itself there.");
      return Optional.empty();
    }
    PluginCopies.Copy copy = copies.of(jar);
    Optional<String> objection = guard.objection(copy);
    if (objection.isPresent()) {
      refuse(jar, stamp, objection.get());
      return Optional.empty();
    }
    return Optional.of(copy);
  }

  private boolean start(Bundle bundle, Path jar) {
    try {
      if (bundle.getHeaders().get("Fragment-Host") == null) {
        bundle.start();
      }
      return true;
    } catch (BundleException e) {
      complain(jar, Reasons.of(e));
      return false;
    }
  }

  private Map<Path, Stamp> stamps() {
    if (!Files.isDirectory(folder)) {
      return Map.of();
    }
    Map<Path, Stamp> stamps = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".jar")).sorted().toList()) {
        stamp(file).ifPresent(stamp -> stamps.put(file, stamp));
      }
    } catch (IOException e) {
      throw new LaunchException(
          "Cannot read the folder of plugins '%s': %s.".formatted(folder, e.getMessage()),
          "Make it readable, or remove it.",
          e);
    }
    return stamps;
  }

  private static Optional<Stamp> stamp(Path file) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return Optional.of(
          new Stamp(
              found.size(),
              found.lastModifiedTime().toMillis(),
              found.fileKey(),
              found.isSymbolicLink()));
    } catch (IOException e) {
      return Optional.empty(); // it has gone meanwhile
    }
  }

  private void refuse(Path jar, Stamp stamp, String reason) {
    refused.put(jar, stamp);
    complain(jar, reason);
  }

  private void complain(Path jar, String reason) {
    err.printf(
        "levin: plugin %s is left out: %s%n",
        jar.getFileName(), reason.lines().collect(Collectors.joining(" ")));
  }

  private void say(String format, Path jar, Bundle bundle) {
    err.printf(
        "levin: " + format + " %s%n",
        jar.getFileName(),
        bundle.getSymbolicName(),
        bundle.getVersion());
  }
}
