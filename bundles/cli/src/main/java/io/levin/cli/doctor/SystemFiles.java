package io.levin.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What Linux says of itself in files; nothing on other systems. */
final class SystemFiles {
  private final Path root;

  /**
   * @param root {@code /}, but for tests
   */
  SystemFiles(Path root) {
    this.root = root;
  }

  /** None where there is no such file. */
  List<String> lines(String file) {
    try {
      return Files.readAllLines(root.resolve(file.substring(1)));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** A line {@code name: 123 kB}; 0 where there is none. */
  long kibibytes(String file, String name) {
    return lines(file).stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .filter(digits -> !digits.isEmpty())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  /** The soft limit of this process, a number or {@code unlimited}; empty where not known. */
  Optional<String> limit(String name) {
    return lines("/proc/self/limits").stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip().split("\\s+")[0])
        .findFirst();
  }

  /** Whether programs may not be run from where a folder is. */
  boolean isNoExec(Path folder) {
    String options = "";
    int longest = -1;
    for (String line : lines("/proc/mounts")) {
      String[] words = line.split(" ");
      if (words.length > 3 && folder.startsWith(words[1]) && words[1].length() > longest) {
        longest = words[1].length();
        options = words[3];
      }
    }
    return List.of(options.split(",")).contains("noexec");
  }
}
