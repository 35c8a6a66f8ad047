package io.levin.it.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Levin as a library: the README's sample, as a program of its own. */
class LibraryIT {
  private static final Path SAMPLE = Path.of("src/test/java/io/levin/it/osgi/XorMain.java");
  private static final Path README = Path.of("../../README.md");

  @TempDir Path folder;

  @Test
  void theSampleLearns() throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "io.levin.it.osgi.XorMain")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("out"))).isZero();
    Matcher loss =
        Pattern.compile("train_loss=([-+.0-9E]+)").matcher(Files.readString(folder.resolve("out")));
    assertThat(loss.find()).isTrue();
    assertThat(Double.parseDouble(loss.group(1))).isLessThan(0.1);
    assertThat(folder.resolve("levin_runs/version_0/report.html")).exists();
  }

  @Test
  void theReadmeShowsTheSampleAsItIs() throws IOException {
    String sample = Files.readString(SAMPLE);
    String shown = sample.substring(sample.indexOf("public class XorMain"));
    assertThat(Files.readString(README)).contains(shown);
  }
}
