package io.levin.accelerator;

import io.levin.plan.Surroundings;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What drivers and vendors' libraries leave in the file system. Asking costs a directory listing
 * and never fails: what is not there and what cannot be read are the same, no device for us.
 */
public final class DeviceFiles {
  /** The variable that names another root than {@code /}: a host's, mounted into a container. */
  public static final String ROOT = "LEVIN_DEVICE_ROOT";

  /** Folders that the system's linker looks into, and those it usually is told of. */
  private static final String[] LIBRARIES = {
    "/usr/lib",
    "/usr/lib64",
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/local/lib",
    "/lib",
    "/usr/local/cuda/lib64"
  };

  private final Path root;
  private final Map<String, String> environment;

  /**
   * @param environment whose {@code LD_LIBRARY_PATH} is looked into for libraries
   */
  public DeviceFiles(Path root, Map<String, String> environment) {
    this.root = root;
    this.environment = environment;
  }

  /** Of this machine, or below the root that {@value #ROOT} names. */
  public static DeviceFiles of(Surroundings surroundings) {
    Map<String, String> environment = surroundings.environment();
    return new DeviceFiles(Path.of(environment.getOrDefault(ROOT, "/")), environment);
  }

  /** How many entries of a directory match a glob. */
  public int count(String directory, String glob) {
    int count = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(at(directory), glob)) {
      for (Path entry : entries) {
        count++;
      }
    } catch (IOException | DirectoryIteratorException | SecurityException e) {
      return 0;
    }
    return count;
  }

  /** The first line of a small file, such as the version of a kernel module. */
  public Optional<String> firstLine(String file) {
    try (Stream<String> lines = Files.lines(at(file))) {
      return lines.findFirst().map(String::strip).filter(line -> !line.isEmpty());
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /**
   * A vendor's library, by its file name, where libraries usually are.
   *
   * @param more folders that this vendor uses
   */
  public Optional<Path> library(String name, String... more) {
    String told = environment.getOrDefault("LD_LIBRARY_PATH", "");
    return Stream.of(Stream.of(told.split(":")), Stream.of(more), Stream.of(LIBRARIES))
        .flatMap(folders -> folders)
        .filter(folder -> !folder.isBlank())
        .map(folder -> at(folder).resolve(name))
        .filter(Files::exists)
        .findFirst();
  }

  private Path at(String path) {
    try {
      return root.resolve(path.replaceFirst("^/+", ""));
    } catch (InvalidPathException e) {
      return root.resolve("no such place");
    }
  }
}
