package io.levin.testkit.felix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** What was there before a test, to see what the test left behind. */
final class Leaks {
  /** Milliseconds that a thread has to end by itself. */
  private static final long ENDING = 5_000;

  /** A distribution has threads and files of its own, which come and go as they like. */
  private static final boolean IS_ALONE = System.getProperty("levin.distribution") == null;

  private final Bundle probe;
  private final Set<Object> services;
  private final Set<Bundle> bundles;
  private final Set<Thread> threads;
  private final Set<String> files;

  private Leaks(Bundle probe) {
    this.probe = probe;
    services = new HashSet<>(registered());
    bundles = new HashSet<>(installed());
    threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    files = new HashSet<>(openFiles());
  }

  static Leaks before(Bundle probe) {
    return new Leaks(probe);
  }

  /**
   * @throws AssertionError naming everything that is there now and was not
   */
  void check() throws InterruptedException {
    List<String> left = new ArrayList<>();
    for (ServiceReference<?> service : registered()) {
      if (!services.contains(service)) {
        left.add("the service " + Arrays.toString((String[]) service.getProperty("objectClass")));
      }
    }
    for (Bundle bundle : installed()) {
      if (!bundles.contains(bundle)) {
        left.add("the bundle " + bundle.getSymbolicName());
      }
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (IS_ALONE && !threads.contains(thread) && !thread.isDaemon()) {
        thread.join(ENDING);
        if (thread.isAlive()) {
          left.add("the thread " + thread.getName());
        }
      }
    }
    Set<String> now = new HashSet<>(openFiles());
    now.removeAll(files);
    now.forEach(file -> left.add("the open file " + file));
    if (!left.isEmpty()) {
      throw new AssertionError("The test left behind " + String.join(", ", left) + ".");
    }
  }

  private List<ServiceReference<?>> registered() {
    ServiceReference<?>[] own = probe.getRegisteredServices();
    return own == null ? List.of() : Arrays.asList(own);
  }

  private List<Bundle> installed() {
    return Arrays.asList(probe.getBundleContext().getBundles());
  }

  /** Regular files that are no code; none where the system does not tell. */
  private static Set<String> openFiles() {
    if (!IS_ALONE) {
      return Set.of();
    }
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors
          .map(Leaks::target)
          .filter(target -> target.startsWith("/") && !target.matches("/(proc|dev|sys)/.*"))
          .filter(target -> !target.matches(".*(\\.(jar|so|jsa|class)|/modules)( \\(deleted\\))?"))
          .filter(target -> !target.matches(".*\\.so\\.[0-9.]+.*"))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      return Set.of();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed in this moment
    }
  }
}
