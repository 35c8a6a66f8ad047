package io.levin.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one command builds the native part from its source, and what it builds works. */
class BuildNativeTest {
  @TempDir private Path folder;

  @Test
  void aDoorBuiltHereIsLoaded() throws IOException, InterruptedException {
    assumeTrue(hasCompiler(), "needs g++ (apt-get install g++)");
    Path log = folder.resolve("log");
    Process build =
        new ProcessBuilder("./build-native", folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(build.waitFor()).as(Files.readString(log)).isZero();
    Path library = folder.resolve("liblevin_lazy.so");
    assertThat(
            NativeDoor.checked(
                Files.readAllBytes(library),
                Files.readAllBytes(folder.resolve("liblevin_lazy.so.sha256"))))
        .isNotEmpty();
    LazyDoor door = LazyDoor.NATIVE.load(library);
    assertThat(door.levin_door_version()).isEqualTo(1);
    assertThat(door.levin_lazy_counter("no such counter")).isZero();
  }

  private static boolean hasCompiler() throws InterruptedException {
    try {
      return new ProcessBuilder("g++", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
