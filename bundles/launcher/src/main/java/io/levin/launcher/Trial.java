package io.levin.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.launch.Framework;

/** Tries in a Felix of its own, in which nothing is ever started, how bundles would resolve. */
final class Trial implements AutoCloseable {
  private final Storage storage = Felix.storage();
  private final Framework framework;

  Trial(Layout layout) {
    try {
      framework = Felix.create(storage, layout);
    } catch (BundleException e) {
      storage.close();
      throw new LaunchException("Felix cannot start: %s.".formatted(e.getMessage()), "", e);
    }
    Felix.install(framework, layout.bundles());
  }

  /** What a jar lacks beside the core and these others. */
  List<String> lacks(Path jar, List<Path> others) {
    for (Path other : others) {
      try {
        framework.getBundleContext().installBundle("reference:" + other.toUri());
      } catch (BundleException e) {
        FrameworkLog.debug("it is of no help", e);
      }
    }
    Bundle bundle;
    try {
      bundle = framework.getBundleContext().installBundle("reference:" + jar.toUri());
    } catch (BundleException e) {
      return List.of(Reasons.of(e));
    }
    List<Bundle> all = new ArrayList<>(List.of(framework.getBundleContext().getBundles()));
    all.remove(framework);
    Lacks lacks = new Lacks(framework);
    lacks.of(all);
    return lacks.of(bundle);
  }

  /** What jars lack beside the core, by symbolic name. */
  Map<String, List<String>> lacks(List<Path> jars) {
    Map<String, List<String>> lacks = new LinkedHashMap<>();
    new Lacks(framework)
        .of(jars.stream().map(this::install).toList())
        .forEach((bundle, reasons) -> lacks.put(bundle.getSymbolicName(), reasons));
    return lacks;
  }

  private Bundle install(Path jar) {
    try {
      return framework.getBundleContext().installBundle("reference:" + jar.toUri());
    } catch (BundleException e) {
      throw new LaunchException(
          "Cannot try '%s': %s".formatted(jar.getFileName(), Reasons.of(e)), "", e);
    }
  }

  @Override
  public void close() {
    try {
      framework.stop();
      framework.waitForStop(10_000);
    } catch (BundleException e) {
      FrameworkLog.warn("Felix did not stop cleanly", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    storage.close();
  }
}
