package io.levin.logger.builtin;

import io.levin.arguments.Arguments;
import io.levin.logger.Logger;
import java.util.List;

public final class BuiltinLoggers {
  private BuiltinLoggers() {}

  public static List<Logger> of(Arguments arguments) {
    return List.of();
  }
}
