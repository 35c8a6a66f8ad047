package io.levin.cli;

import io.levin.launcher.Stop;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What one run of the command line works with; the machine is asked for it once, at the edge.
 *
 * @param home folder of the distribution
 * @param arguments the whole command line
 */
record Session(
    Services services,
    Map<String, String> environment,
    Path home,
    PrintStream out,
    PrintStream err,
    Stop stop,
    List<String> arguments) {}
