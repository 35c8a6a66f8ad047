package io.levin.it.osgi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals to a process in which nothing runs that could end by itself. */
class SignalIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143", "USR1, 75"})
  void aSignalEndsItWithTheSignalsCode(String signal, int code)
      throws IOException, InterruptedException {
    Process process =
        Levin.built()
            .with("JAVA_OPTS", "-Djava.io.tmpdir=" + folder)
            .open("plan", "--batch", "-"); // waits for more requests
    try {
      process.getOutputStream().write("{\"id\":1}\n".repeat(100).getBytes(UTF_8));
      process.getOutputStream().flush();
      assertThat(process.getInputStream().read()).isEqualTo('{');
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(code);
    } finally {
      process.destroyForcibly();
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }
}
