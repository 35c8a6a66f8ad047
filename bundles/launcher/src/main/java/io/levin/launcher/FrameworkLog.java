package io.levin.launcher;

import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.slf4j.LoggerFactory;

/**
 * Felix's log, sent the way of all logs. What stops a start is thrown and reported once, so here it
 * is only for {@code debug}.
 */
final class FrameworkLog extends org.apache.felix.framework.Logger {
  private static final String NAME = "io.levin.felix";

  static void warn(String message, Throwable cause) {
    LoggerFactory.getLogger(NAME).warn("{} ({})", message, cause.toString());
  }

  static void debug(String message, Throwable cause) {
    LoggerFactory.getLogger(NAME).debug(message, cause);
  }

  @Override
  @SuppressWarnings("rawtypes") // as declared by Felix
  protected void doLog(
      Bundle bundle, ServiceReference reference, int level, String message, Throwable cause) {
    doLog(level, bundle == null ? message : bundle.getSymbolicName() + ": " + message, cause);
  }

  @Override
  protected void doLog(int level, String message, Throwable cause) {
    debug(message, cause);
  }
}
