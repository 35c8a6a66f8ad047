package io.levin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.levin.cli.CommandLines.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginsVerbTest {
  @TempDir Path home;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plugins instal x.jar | 'instal' is nothing that plugins does. | Did you mean install?",
        "plugins verify | plugins verify needs to be told which. | 'levin plugins --help'",
        "plugins why NoPlugin | No installed bundle offers 'NoPlugin'. | 'levin plugins' lists",
        "plugins why DoublePrecisionPlugn | offers 'DoublePrecisionPlugn'. | mean DoublePrecision",
        "plugins info nobody | There is no plugin, bundle or file 'nobody'. | 'levin plugins' lists",
        "plugins why SLURMEnvironment --batch x | why answers one question. | 'levin plan --batch'",
      })
  void mistakesAreExplained(String words, String message, String hint) {
    Outcome outcome = new CommandLines(home).run(words.split(" "));
    assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).contains(message, hint);
  }

  @Test
  void whyExplainsAnOfferThatIsNotConcernedAndWhatNamingItWouldDo() {
    Outcome outcome =
        new CommandLines(home)
            .run("plugins", "why", "NativeMixedPrecisionPlugin", "--precision=64");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("io.levin.precision.amp is not concerned: precision is 64.")
        .contains("DoublePrecisionPlugin is taken: ")
        .contains("--plugins NativeMixedPrecisionPlugin would not help:")
        .contains("=> Leave out --precision");
  }

  @Test
  void whySaysWhatIsTakenAndWhatRefuses() {
    CommandLines lines = new CommandLines(home);
    assertThat(lines.run("plugins", "why", "torchcheckpointio").out())
        .contains("TorchCheckpointIO of bundle io.levin.checkpoint.torch is taken: ");
    assertThat(lines.run("plugins", "why", "safetensors").out())
        .contains("--plugins SafetensorsCheckpointIO would have it taken.");
    assertThat(
            lines
                .run("plugins", "why", "GPUAccelerator", "--accelerator=gpu", "--hardware=cpu")
                .out())
        .contains("With these arguments nothing can run:");
  }

  @Test
  void theHelpOfWhyHasTheFlagsOfAPlan() {
    CommandLines lines = new CommandLines(home);
    assertThat(lines.run("plugins", "why", "--help").out()).contains("--precision", "--hardware");
    assertThat(lines.run("plugins", "--help").out())
        .contains("levin plugins verify JAR…", "Exit codes: 0 done, 1 refused")
        .doesNotContain("--precision");
  }
}
