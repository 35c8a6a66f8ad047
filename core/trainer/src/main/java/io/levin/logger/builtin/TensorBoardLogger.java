package io.levin.logger.builtin;

import io.levin.logger.Logger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes TensorBoard's event files: {@code tensorboard --logdir levin_runs} shows them. */
public final class TensorBoardLogger implements Logger {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private Path file;
  private EventFile events;

  @Override
  public String id() {
    return "tensorboard";
  }

  @Override
  public void start(Path directory, Map<String, Object> hyperParameters) {
    file =
        directory.resolve(
            "events.out.tfevents.%010d.%s.%d.%d"
                .formatted(
                    System.currentTimeMillis() / 1000,
                    host(),
                    ProcessHandle.current().pid(),
                    COUNT.getAndIncrement()));
    try {
      events = new EventFile(file);
    } catch (IOException e) {
      throw CsvLogger.failed(file, e);
    }
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
    try {
      events.scalars(metrics, step);
    } catch (IOException e) {
      throw CsvLogger.failed(file, e);
    }
  }

  @Override
  public void flush() {
    try {
      events.flush();
    } catch (IOException e) {
      throw CsvLogger.failed(file, e);
    }
  }

  @Override
  public void finish(String status) {
    if (events != null) {
      try {
        events.close();
      } catch (IOException e) {
        throw CsvLogger.failed(file, e);
      }
      events = null;
    }
  }
}
