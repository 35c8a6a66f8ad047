package io.levin.launcher;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Looks after the folder of plugins while a process runs. Asking for the files' stamps several
 * times a second costs nothing that can be measured, works on every file system, and shows whether
 * a file still grows.
 */
final class PluginWatch implements AutoCloseable {
  private static final int EVERY_MILLIS = 300;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "levin-plugins");
            made.setDaemon(true);
            return made;
          });

  PluginWatch(Plugins plugins) {
    thread.scheduleWithFixedDelay(
        () -> {
          try {
            plugins.refresh();
          } catch (RuntimeException e) {
            FrameworkLog.warn("The folder of plugins could not be looked at", e);
          }
        },
        EVERY_MILLIS,
        EVERY_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  /** Waits for what it is doing, within bounds. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
        FrameworkLog.warn(
            "A plugin is still being taken in or out",
            new java.util.concurrent.TimeoutException("waited 10 s"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
