package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.arguments.Arguments;
import io.levin.callback.builtin.ProgressReport;
import io.levin.module.LevinModule;
import io.levin.module.LogOptions;
import io.levin.optim.Optimizers;
import io.levin.optim.torch.SGD;
import io.levin.plan.Surroundings;
import io.levin.torch.Losses;
import io.levin.trainer.Trainer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two epochs of seven batches, as a person sees them. */
class ProgressReportTest {
  @TempDir Path folder;

  private static final class Model extends LevinModule {
    Model() {
      super(
          ai.djl.nn.core.Linear.builder().setUnits(3).build(),
          new ai.djl.ndarray.types.Shape(1, 5));
    }

    @Override
    public Optimizers configureOptimizers() {
      return Optimizers.of(new SGD(parameters(), 0.1));
    }

    @Override
    public NDArray trainingStep(NDList batch, int batchIndex) {
      NDArray loss = Losses.crossEntropy(forward(batch.get(0)), batch.get(1));
      log("train_loss", loss, LogOptions.PROGRESS_BAR);
      return loss;
    }

    @Override
    public void validationStep(NDList batch, int batchIndex) {
      NDArray loss = Losses.crossEntropy(forward(batch.get(0)), batch.get(1));
      log("val_loss", loss, LogOptions.PROGRESS_BAR);
    }
  }

  private String seen(int columns) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      Arguments arguments =
          Arguments.none()
              .with(MAX_EPOCHS, 2)
              .with(DEFAULT_ROOT_DIR, folder.toString())
              .with(ENABLE_CHECKPOINTING, false)
              .with(LOGGERS, List.of())
              .with(SEED, 4L)
              .with(THREADS, 1);
      try (Trainer trainer =
          TestOffers.trainers()
              .create(arguments, Surroundings.here(), List.of(new ProgressReport(out, columns)))) {
        trainer.fit(new Model(), ResumeTest.data());
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aPipeGetsOnePlainLineAnEpoch() {
    String text = seen(0);
    assertThat(text.lines()).hasSize(2);
    assertThat(text.lines().toList().get(1))
        .matches(
            "epoch 2/2  step 14  train_loss \\d\\.\\d{4}  val_loss \\d\\.\\d{4}  \\d+\\.\\d s");
    assertThat(text.chars().filter(c -> c != '\n').allMatch(c -> c >= ' ' && c < 127)).isTrue();
  }

  @Test
  void aTerminalGetsOneLineAnEpochThatIsRewritten() {
    String text = seen(90);
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    assertThat(lines).last().asString().contains("epoch 2/2", "7/7", "train_loss");
    assertThat(text.chars().filter(c -> c == '\n').count()).isEqualTo(2);
    assertThat(text).contains("\r");
  }
}
