package io.levin.settings;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.LoggerFactory;

/**
 * Gives components the settings that lie in the folder which the framework's property {@code
 * levin.settings} names: before plugins start, and whenever a file there changes. The framework's
 * storage is new in every process, so that what the files say is all there is.
 */
@Component(
    service = {},
    immediate = true)
public final class SettingsComponent {
  private static final String FOLDER = "levin.settings";
  private static final int EVERY_MILLIS = 300;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "levin-settings");
            made.setDaemon(true);
            return made;
          });

  @Activate
  public SettingsComponent(BundleContext context, @Reference ConfigurationAdmin admin) {
    String folder = context.getProperty(FOLDER);
    if (folder != null) {
      SettingsFolder files = new SettingsFolder(Path.of(folder), admin);
      files.refresh();
      thread.scheduleWithFixedDelay(
          () -> refresh(files), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** An exception would end the looking. */
  private static void refresh(SettingsFolder files) {
    try {
      files.refresh();
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(SettingsComponent.class).warn("settings could not be looked at", e);
    }
  }

  @Deactivate
  void stop() {
    thread.shutdownNow();
  }
}
