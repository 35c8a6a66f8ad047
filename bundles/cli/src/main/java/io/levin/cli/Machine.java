package io.levin.cli;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What there is to know of the machine without native code of ours. */
final class Machine {
  private static final double GIBI = 1 << 30;

  private Machine() {}

  static Map<String, String> look(Map<String, String> environment) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Java", property("java.version") + ", " + property("java.vendor"));
    facts.put("Java home", property("java.home"));
    facts.put(
        "system", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("memory of Java", size(Runtime.getRuntime().maxMemory()) + " at most");
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      facts.put(
          "memory of the machine",
          "%s, %s free"
              .formatted(size(system.getTotalMemorySize()), size(system.getFreeMemorySize())));
    }
    Path cache = engineCache(environment);
    facts.put("engine cache", "%s, %s free".formatted(cache, size(freeAt(cache.toFile()))));
    return facts;
  }

  /** Where DJL unpacks libtorch. */
  static Path engineCache(Map<String, String> environment) {
    String folder = System.getProperty("DJL_CACHE_DIR", environment.get("DJL_CACHE_DIR"));
    return folder == null ? Path.of(property("user.home"), ".djl.ai") : Path.of(folder);
  }

  private static long freeAt(File folder) {
    File existing = folder.getAbsoluteFile();
    while (existing != null && !existing.exists()) {
      existing = existing.getParentFile();
    }
    return existing == null ? 0 : existing.getUsableSpace();
  }

  private static String size(long bytes) {
    return "%.1f GiB".formatted(bytes / GIBI);
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }
}
