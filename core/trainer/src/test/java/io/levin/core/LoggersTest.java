package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import io.levin.module.LevinModule;
import io.levin.plan.Surroundings;
import io.levin.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fit leaves in its run directory when nobody asked for particular loggers. */
class LoggersTest {
  @TempDir Path folder;

  private final Callback epochEnd =
      new Callback() {
        @Override
        public void onTrainEpochEnd(Trainer trainer, LevinModule module) {
          trainer.logMetrics(Map.of("at_epoch_end", 1.0));
        }
      };

  private Path fit(Arguments more) {
    JsonNode run = Golden.run("sgd-norm0.5-acc1-32");
    Arguments arguments =
        Golden.arguments(run)
            .with(DEFAULT_ROOT_DIR, folder.toString())
            .with(LOG_EVERY_N_STEPS, 1)
            .with(LOGGERS, LOGGERS.defaultValue());
    try (Trainer trainer =
        TestOffers.trainers()
            .create(arguments.over(more), Surroundings.here(), List.of(epochEnd))) {
      trainer.fit(new GoldenModule(run), Golden.data(run));
      return trainer.runDirectory();
    }
  }

  @Test
  void everyRowOfTheCsvFileSaysItsStepAndEpoch() throws IOException {
    List<String> lines = Files.readAllLines(fit(Arguments.none()).resolve("metrics.csv"));
    assertThat(lines.get(0)).startsWith("step,epoch,").contains("at_epoch_end");
    assertThat(lines.subList(1, lines.size()))
        .isNotEmpty()
        .allMatch(s -> s.matches("\\d+,\\d+,.*"));
  }

  @Test
  void thePageAndTheEventFileAreThereToo() throws IOException {
    Path directory = fit(Arguments.none());
    assertThat(directory.resolve("report.html")).content().contains("\"status\":\"success\"");
    assertThat(directory).isDirectoryContaining("glob:**/events.out.tfevents.*");
  }

  @Test
  void withNoneThereIsOnlyTheSummary() {
    assertThat(fit(Arguments.none().read(LOGGERS, "none", "--loggers")))
        .isDirectoryNotContaining("glob:**/{metrics.csv,report.html,events*}");
  }
}
