package io.levin.core;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.util.Utils;
import io.levin.LevinException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts libtorch, which DJL unpacks into its cache the first time. */
final class EngineStart {
  private static final long NEEDED_MIB = 450;

  private EngineStart() {}

  /** DJL finds its engine through the context class loader, once per process: it must see DJL. */
  static void run() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(Engine.class.getClassLoader());
    try {
      Engine.getInstance();
    } catch (EngineException | UnsatisfiedLinkError | AssertionError e) {
      throw failed(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static LevinException failed(Throwable failure) {
    Path cache = Utils.getEngineCacheDir();
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new LevinException(
        LevinException.Kind.ENVIRONMENT,
        "libtorch could not be unpacked and loaded in '%s' (%s): %s."
            .formatted(cache, room(cache), root.getMessage()),
        "It needs %d MiB there: make room, or set DJL_CACHE_DIR to a folder that has it."
            .formatted(NEEDED_MIB),
        failure);
  }

  private static String room(Path cache) {
    for (Path folder = cache.toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder)) {
        long free = folder.toFile().getUsableSpace() >> 20;
        return Files.isWritable(folder)
            ? "%d MiB free".formatted(free)
            : "'%s' is not writable".formatted(folder);
      }
    }
    return "no such place";
  }
}
