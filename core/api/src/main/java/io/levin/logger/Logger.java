package io.levin.logger;

import java.nio.file.Path;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** Writes the metrics of one run somewhere. Called by the Trainer's thread, on rank zero only. */
@ConsumerType
public interface Logger {
  /** What kind it is, for example {@code csv}. */
  String id();

  /**
   * Called once before anything is logged.
   *
   * @param directory folder of this run; exists
   */
  void start(Path directory, Map<String, Object> hyperParameters);

  /**
   * Writes metrics of one moment.
   *
   * @param step number of completed optimizer steps
   */
  void logMetrics(Map<String, Double> metrics, long step);

  /** A checkpoint was kept. */
  default void checkpointSaved(Path path) {}

  /** Brings everything to disk. */
  default void flush() {}

  /** The end. @param status {@code success}, {@code failed} or {@code stopped} */
  void finish(String status);
}
