package io.levin.cli.doctor;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Java, processors and memory, as this process may use them. */
final class Machine {
  private static final double GIBI = 1 << 30;

  /** libtorch, a model of some size and Java's own heap. */
  private static final double LITTLE = 1.5;

  private final Map<String, String> environment;
  private final SystemFiles files;

  Machine(Map<String, String> environment, SystemFiles files) {
    this.environment = environment;
    this.files = files;
  }

  List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.ok(
            "Java",
            "%s, %s, in %s"
                .formatted(
                    property("java.version"), property("java.vendor"), property("java.home"))));
    findings.add(system());
    findings.add(processors());
    findings.add(memory());
    double heap = Runtime.getRuntime().maxMemory() / GIBI;
    findings.add(
        heap < 0.4
            ? Finding.note(
                "heap of Java",
                "%.1f GiB at most".formatted(heap),
                "Arrays are not in it, but data may be: give JAVA_OPTS=-Xmx2g where it runs out.")
            : Finding.ok("heap of Java", "%.1f GiB at most; arrays are not in it".formatted(heap)));
    return findings;
  }

  private Finding system() {
    String system = property("os.name") + " " + property("os.version") + " " + property("os.arch");
    boolean isTested =
        system.toLowerCase(Locale.ROOT).startsWith("linux")
            && (property("os.arch").equals("amd64") || property("os.arch").equals("x86_64"));
    return isTested
        ? Finding.ok("system", system)
        : Finding.note("system", system, "Only Linux on x86-64 is tested.");
  }

  private Finding processors() {
    int mine = Runtime.getRuntime().availableProcessors();
    long all =
        files.lines("/proc/cpuinfo").stream().filter(line -> line.startsWith("processor")).count();
    String threads = environment.get("OMP_NUM_THREADS");
    String what =
        (all > mine ? "%d of the machine's %d, by a limit".formatted(mine, all) : mine + "")
            + (threads == null ? "" : "; OMP_NUM_THREADS is " + threads);
    return mine < all
        ? Finding.note(
            "processors", what, "Ask the scheduler or the container for more, if it is slow.")
        : Finding.ok("processors", what);
  }

  private Finding memory() {
    double total = 0;
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      total = system.getTotalMemorySize() / GIBI; // of the container, where it has a limit
    }
    double machine = files.kibibytes("/proc/meminfo", "MemTotal") * 1024 / GIBI;
    double free = files.kibibytes("/proc/meminfo", "MemAvailable") * 1024 / GIBI;
    boolean isLimited = machine > 0 && total < 0.99 * machine;
    String what =
        isLimited
            ? "%.1f GiB by a limit, of the machine's %.1f".formatted(total, machine)
            : "%.1f GiB".formatted(total);
    if (free > 0) {
      what += ", %.1f free".formatted(Math.min(free, total));
    }
    return (free > 0 ? Math.min(free, total) : total) < LITTLE
        ? Finding.lack(
            "memory",
            what,
            "libtorch and a small model need some 1.5 GiB: end something, or raise the limit.")
        : Finding.ok("memory", what);
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }
}
