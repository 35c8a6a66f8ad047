package io.levin.launcher;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Loads libtorch beside the start of Felix, for the commands that will need it: half a second on a
 * second core. Only when its natives are unpacked already, so that whatever can go wrong in
 * unpacking goes wrong where it is reported.
 */
final class EngineWarmUp {
  private static final Set<String> COMMANDS = Set.of("fit", "validate", "test", "predict");
  private static final Set<String> ONLY_WORDS =
      Set.of("--help", "-h", "--version", "-V", "--print-config");

  private EngineWarmUp() {}

  /** A thread that is loading it, or one that has nothing to do. */
  static Thread start(List<String> arguments) {
    Thread thread = new Thread(EngineWarmUp::load, "levin-engine");
    thread.setDaemon(true);
    if (isWorthwhile(arguments) && isUnpacked()) {
      thread.start();
    }
    return thread;
  }

  static boolean isWorthwhile(List<String> arguments) {
    return arguments.size() > 1
        && COMMANDS.contains(arguments.get(0))
        && arguments.stream().noneMatch(ONLY_WORDS::contains);
  }

  private static boolean isUnpacked() {
    String folder = System.getProperty("DJL_CACHE_DIR", System.getenv("DJL_CACHE_DIR"));
    Path cache =
        folder == null ? Path.of(System.getProperty("user.home"), ".djl.ai") : Path.of(folder);
    String[] natives = cache.resolve("pytorch").toFile().list();
    return natives != null && natives.length > 0 && new File(cache.toString()).canRead();
  }

  private static void load() {
    try {
      // By name, because the launcher is built without it and starts without it
      Class.forName("io.levin.engine.Engines").getMethod("start").invoke(null);
    } catch (ReflectiveOperationException | LinkageError e) {
      // Whoever needs the engine will find the same and say it better
      FrameworkLog.debug("The engine could not be loaded ahead", e);
    }
  }
}
