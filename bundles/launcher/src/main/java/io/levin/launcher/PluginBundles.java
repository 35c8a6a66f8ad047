package io.levin.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * Changes bundles in the one order that disturbs nobody: stop, which waits for those who use what
 * the bundle offers; change; wire anew; start.
 */
final class PluginBundles {
  private static final int REFRESH_SECONDS = 60;

  private final BundleContext context;

  PluginBundles(BundleContext context) {
    this.context = context;
  }

  Bundle install(PluginCopies.Copy copy) throws BundleException {
    return context.installBundle("reference:" + copy.file().toUri());
  }

  /** Gives what it lacks, in which case it is not started; else nothing. */
  List<String> start(Bundle bundle) throws BundleException {
    List<String> lacks = new Lacks(context.getBundle(0)).of(bundle);
    if (lacks.isEmpty() && !isFragment(bundle)) {
      bundle.start();
    }
    return lacks;
  }

  /** Takes its offers away; its classes can still be loaded. */
  void stop(Bundle bundle) throws BundleException {
    if (!isFragment(bundle)) {
      bundle.stop();
    }
  }

  private static boolean isFragment(Bundle bundle) {
    return bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
  }

  /** Stops it and puts other content in its place; it is yet to be started. */
  void update(Bundle bundle, PluginCopies.Copy copy) throws BundleException, IOException {
    stop(bundle);
    try (InputStream in = Files.newInputStream(copy.file())) {
      bundle.update(in);
    }
    rewire(bundle);
  }

  void uninstall(Bundle bundle) throws BundleException {
    stop(bundle);
    bundle.uninstall();
    rewire(bundle);
  }

  /** Done in another thread, which holds the framework's lock: nothing can be started meanwhile. */
  private void rewire(Bundle bundle) {
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
        FrameworkLog.warn(
            "Felix is still busy with " + bundle.getSymbolicName(),
            new java.util.concurrent.TimeoutException("waited %d s".formatted(REFRESH_SECONDS)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
