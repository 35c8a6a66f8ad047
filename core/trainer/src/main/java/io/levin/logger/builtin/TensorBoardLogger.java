package io.levin.logger.builtin;

import io.levin.logger.Logger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes an event file that TensorBoard opens: {@code events.out.tfevents.<seconds>.<host>.<process
 * id>.<number>}; and {@code hparams.yaml}.
 */
public final class TensorBoardLogger implements Logger {
  static final String ID = "tensorboard";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final InstantSource clock;
  // So that TensorBoard shows a run that goes on for hours without an end of an epoch.
  private final Every now = new Every(Duration.ofSeconds(10), System::nanoTime);
  private Path file;
  private EventFile events;

  public TensorBoardLogger() {
    this(InstantSource.system());
  }

  TensorBoardLogger(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public void start(Path directory, Map<String, Object> hyperParameters) {
    HyperParameters.write(directory, hyperParameters);
    file = directory.resolve(fileName());
    guarded(
        () -> {
          events = new EventFile(file);
          events.write(Event.version(clock.instant()));
          events.flush();
        });
  }

  private String fileName() {
    return "events.out.tfevents.%010d.%s.%d.%d"
        .formatted(
            clock.instant().getEpochSecond(),
            host().replaceAll("[^A-Za-z0-9.-]", "-"),
            ProcessHandle.current().pid(),
            NUMBER.getAndIncrement());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Override
  public void logMetrics(Map<String, Double> metrics, long step) {
    guarded(() -> events.write(Event.scalars(clock.instant(), step, metrics)));
    if (now.due()) {
      flush();
    }
  }

  @Override
  public void flush() {
    guarded(events::flush);
  }

  @Override
  public void finish(String status) {
    if (events != null) {
      guarded(
          () -> {
            events.flush();
            events.close();
          });
      events = null;
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  private void guarded(Writing writing) {
    try {
      writing.run();
    } catch (IOException e) {
      throw LogFiles.cannotWrite(file, e);
    }
  }
}
