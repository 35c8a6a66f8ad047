package io.levin.plan;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a process finds around it: environment variables, host name, hardware, text files. Read once
 * at the edge; nothing deeper asks the machine, so a job can be planned on a laptop.
 */
public record Surroundings(
    Map<String, String> environment, String hostname, Hardware hardware, TextFiles files) {

  /** Reads the lines of a text file that a variable names, such as LSF's rank file. */
  @FunctionalInterface
  public interface TextFiles {
    List<String> lines(String path) throws IOException;
  }

  public Surroundings {
    environment = Map.copyOf(environment);
    requireNonNull(hostname, "hostname");
    requireNonNull(hardware, "hardware");
    requireNonNull(files, "files");
  }

  /** This process on this machine. */
  public static Surroundings here() {
    return new Surroundings(System.getenv(), localHostname(), Hardware.here(), fileSystem());
  }

  /** A described place, with files of this machine. */
  public static Surroundings of(
      Map<String, String> environment, String hostname, Hardware hardware) {
    return new Surroundings(environment, hostname, hardware, fileSystem());
  }

  private static TextFiles fileSystem() {
    return path -> Files.readAllLines(Path.of(path));
  }

  private static String localHostname() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return System.getenv().getOrDefault("HOSTNAME", "localhost");
    }
  }
}
