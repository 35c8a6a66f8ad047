package io.levin.launcher;

import java.util.List;

/**
 * What the launcher runs once the framework is up; a bundle registers one as a service. The
 * distribution's is the command line.
 */
@FunctionalInterface
public interface Command {

  /**
   * Runs to its end on the calling thread.
   *
   * @param arguments as the process got them
   * @param stop told when the process is asked to end
   * @return the process's exit code
   */
  int run(List<String> arguments, Stop stop);
}
