package io.levin.it.osgi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Felix's shell, dropped in as a plugin; every other test of a distribution is without it. */
class ShellIT {
  @TempDir Path folder;

  private static void copyShell(Path plugins) throws IOException {
    try (Stream<Path> jars = Files.list(Path.of(System.getProperty("levin.gogo")))) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, plugins.resolve(jar.getFileName()));
      }
    }
  }

  @Test
  void commandsOfTheShellReachTheFitTheyAreTypedBeside() throws Exception {
    Levin levin = Levin.copied(folder.resolve("levin"));
    copyShell(levin.home().resolve("plugins"));
    Process fit =
        levin.open(
            "fit",
            "class-names",
            "--seed=1",
            "--max-epochs=2000",
            "--limit-train-batches=3",
            "--limit-val-batches=1",
            "--callbacks=model-checkpoint:save_top_k=1",
            "--default-root-dir=" + folder);
    List<String> said = new ArrayList<>();
    Thread reader = new Thread(() -> read(fit.inputReader(UTF_8), said));
    reader.start();
    BufferedReader log = new BufferedReader(new InputStreamReader(fit.getErrorStream(), UTF_8));
    await(log, "epoch 2/");
    try (Writer typed = fit.outputWriter(UTF_8)) {
      typed.write("levin:plugins why DoublePrecisionPlugin --precision 64\n");
      typed.write("levin:plan --precision bf16\n");
      typed.write("levin:swap checkpoint-io nope\n");
      typed.write("levin:swap checkpoint-io safetensors\n");
    } // the end of what is typed must not be the end of the fit
    await(log, "checkpoints go to SafetensorsCheckpointIO of bundle");
    await(log, "epoch ");
    fit.toHandle().destroy(); // unlike its own destroy, this leaves the streams open
    log.lines().forEach(line -> {});
    assertThat(fit.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(fit.exitValue()).isEqualTo(143);
    reader.join();
    assertThat(String.join("\n", said))
        .contains("DoublePrecisionPlugin of bundle io.levin.precision.full is taken")
        .contains("The plan", "NativeMixedPrecisionPlugin")
        .contains("checkpoints go to SafetensorsCheckpointIO of bundle");
  }

  private static void read(BufferedReader from, List<String> to) {
    from.lines().forEach(to::add);
  }

  private static void await(BufferedReader log, String wanted) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      lines.add(line);
      if (line.contains(wanted)) {
        return;
      }
    }
    throw new AssertionError("it did not say '%s': %s".formatted(wanted, lines));
  }
}
