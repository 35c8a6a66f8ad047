package io.levin.cli;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.levin.arguments.Argument;
import io.levin.arguments.Arguments;
import io.levin.arguments.Devices;
import io.levin.arguments.Limit;
import io.levin.arguments.TrainerArguments;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every argument with its value and where that came from, as a file that {@code --config} reads.
 */
final class PrintedConfig {
  private PrintedConfig() {}

  static void print(Arguments arguments, PrintStream out) {
    int width = 0;
    for (Argument<?> argument : TrainerArguments.all()) {
      width = Math.max(width, line(arguments, argument).length());
    }
    for (Argument<?> argument : TrainerArguments.all()) {
      String line = line(arguments, argument);
      out.println(line + " ".repeat(width - line.length()) + "  # " + arguments.origin(argument));
    }
  }

  private static String line(Arguments arguments, Argument<?> argument) {
    return argument.name() + ": " + value(arguments.get(argument));
  }

  private static String value(Object value) {
    if (value == null || value instanceof Boolean || value instanceof Number) {
      return String.valueOf(value);
    }
    if (value instanceof Limit limit) {
      return limit.toString();
    }
    if (value instanceof Devices devices) {
      return value(devices.raw());
    }
    if (value instanceof List<?> items) {
      return items.stream().map(PrintedConfig::value).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> value(entry.getKey()) + ": " + value(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value.toString())) + '"';
  }
}
