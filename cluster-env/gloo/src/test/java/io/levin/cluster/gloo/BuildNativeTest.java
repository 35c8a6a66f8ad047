package io.levin.cluster.gloo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.levin.torch.NativeDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one command builds the native part from its source, and what it builds works. */
class BuildNativeTest {
  @TempDir private Path folder;

  @Test
  void aDoorBuiltHereJoinsAGroup() throws IOException, InterruptedException {
    assumeTrue(hasCompiler(), "needs g++ (apt-get install g++)");
    Path log = folder.resolve("log");
    Process build =
        new ProcessBuilder("./build-native", folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(build.waitFor()).as(Files.readString(log)).isZero();
    Path library = folder.resolve("liblevin_gloo.so");
    assertThat(
            NativeDoor.checked(
                Files.readAllBytes(library),
                Files.readAllBytes(folder.resolve("liblevin_gloo.so.sha256"))))
        .isNotEmpty();
    try (Processes ranks = new Processes(folder)) {
      ranks.startOne("door=" + library, 0, 1);
      ranks.succeed();
    }
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
