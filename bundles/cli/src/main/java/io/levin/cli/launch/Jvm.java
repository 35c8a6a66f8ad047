package io.levin.cli.launch;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that started this Java. */
final class Jvm {
  /** A debugger listens on one port, which this process has already. */
  private static final List<String> NOT_TWICE = List.of("-agentlib:jdwp", "-Xrunjdwp", "-Xdebug");

  private Jvm() {}

  /**
   * The same program with the same options, run by the same Java.
   *
   * @param property one more system property, as {@code name=value}
   */
  static List<String> command(String property, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (NOT_TWICE.stream().noneMatch(option::startsWith)) {
        command.add(option);
      }
    }
    command.add("-D" + property);
    command.add("-Dlevin.home=" + System.getProperty("levin.home", "."));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("io.levin.launcher.Main");
    command.addAll(arguments);
    return command;
  }
}
