package io.levin.accelerator;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts what a driver puts into the file system; asking costs a directory listing. */
public final class DeviceFiles {
  private DeviceFiles() {}

  /** How many entries of a directory match a glob; 0 when it cannot be read. */
  public static int count(Path directory, String glob) {
    int count = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
      for (Path entry : entries) {
        count++;
      }
    } catch (IOException | DirectoryIteratorException | SecurityException e) {
      return 0; // not there and not readable are the same: no device for us
    }
    return count;
  }
}
