package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.MisconfigurationException;
import io.levin.arguments.Arguments;
import io.levin.plan.Surroundings;
import io.levin.trainer.FitResult;
import io.levin.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learning rates and device numbers as they arrive in a log: two epochs of seven batches. */
class MonitorsTest {
  @TempDir Path folder;

  private Arguments arguments(String callback) {
    return Arguments.none()
        .with(MAX_EPOCHS, 2)
        .with(DEFAULT_ROOT_DIR, folder.toString())
        .with(ENABLE_PROGRESS_BAR, false)
        .with(ENABLE_CHECKPOINTING, false)
        .with(LOG_EVERY_N_STEPS, 2)
        .with(LOGGERS, List.of("csv"))
        .with(CALLBACKS, List.of(callback))
        .with(SEED, 4L)
        .with(THREADS, 1);
  }

  private static FitResult fit(Arguments arguments) {
    try (Trainer trainer =
        TestOffers.trainers().create(arguments, Surroundings.here(), List.of())) {
      return trainer.fit(new ResumeTest.Model(), ResumeTest.data());
    }
  }

  /** Steps of the rows that have a value in a column. */
  private static List<Integer> steps(FitResult result, String column) throws IOException {
    List<String> lines = Files.readAllLines(result.directory().resolve("metrics.csv"));
    List<String> names = List.of(lines.get(0).split(","));
    int wanted = names.indexOf(column);
    int step = names.indexOf("step");
    assertThat(wanted).as("%s in %s", column, names).isNotNegative();
    List<Integer> steps = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      if (!cells[wanted].isEmpty()) {
        steps.add((int) Double.parseDouble(cells[step]));
      }
    }
    return steps;
  }

  @Test
  void aScheduleOfStepsIsLoggedEveryNSteps() throws IOException {
    FitResult result = fit(arguments("learning-rate-monitor:log_momentum=true"));
    assertThat(steps(result, "lr-AdamW")).containsExactly(0, 2, 4, 6, 8, 10, 12);
    assertThat(steps(result, "lr-AdamW-momentum")).hasSize(7);
  }

  @Test
  void ratesOfAnEpochAreLoggedAtItsStart() throws IOException {
    FitResult result = fit(arguments("learning-rate-monitor:logging_interval=epoch"));
    assertThat(steps(result, "lr-AdamW")).containsExactly(0, 7);
  }

  @Test
  void batchesOfOneStepAreLoggedOnce() throws IOException {
    FitResult rates =
        fit(
            arguments("learning-rate-monitor:logging_interval=step")
                .with(ACCUMULATE_GRAD_BATCHES, 3));
    assertThat(steps(rates, "lr-AdamW")).containsExactly(0, 2, 4);
    FitResult stats = fit(arguments("device-stats").with(ACCUMULATE_GRAD_BATCHES, 3));
    assertThat(steps(stats, "device/heap_mib")).containsExactly(2, 4, 6);
  }

  @Test
  void ratesNeedALogger() {
    assertThatThrownBy(() -> fit(arguments("learning-rate-monitor").with(LOGGERS, List.of())))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("no logger");
  }
}
