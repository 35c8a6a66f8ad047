package io.levin.it.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Threads and open files of this process. */
record Usage(int threads, int files) {
  static Usage now() throws Exception {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"));
        Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return new Usage((int) tasks.count(), (int) open.count());
    }
  }

  static Usage parse(String text) {
    String[] numbers = text.split(" ");
    return new Usage(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
  }

  @Override
  public String toString() {
    return threads + " " + files;
  }
}
