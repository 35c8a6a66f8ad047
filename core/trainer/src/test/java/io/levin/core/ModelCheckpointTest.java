package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levin.MisconfigurationException;
import io.levin.arguments.Arguments;
import io.levin.arguments.Limit;
import io.levin.arguments.PluginReference;
import io.levin.callback.builtin.EarlyStopping;
import io.levin.callback.builtin.ModelCheckpoint;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import io.levin.plan.Surroundings;
import io.levin.trainer.FitResult;
import io.levin.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ModelCheckpoint through whole fits: four epochs of seven batches. */
class ModelCheckpointTest {
  @TempDir Path folder;

  private Arguments arguments(String... callbacks) {
    return Arguments.none()
        .with(MAX_EPOCHS, 4)
        .with(DEFAULT_ROOT_DIR, folder.toString())
        .with(ENABLE_PROGRESS_BAR, false)
        .with(LOGGERS, List.of())
        .with(CALLBACKS, List.of(callbacks))
        .with(SEED, 4L)
        .with(THREADS, 1);
  }

  private static FitResult fit(Arguments arguments) {
    try (Trainer trainer =
        TestOffers.trainers().create(arguments, Surroundings.here(), List.of())) {
      return trainer.fit(new ResumeTest.Model(), ResumeTest.data());
    }
  }

  private static List<String> files(FitResult result) {
    return files(result.directory().resolve("checkpoints"));
  }

  private static List<String> files(Path kept) {
    if (!Files.exists(kept)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(kept)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model-checkpoint | epoch=3-step=28.ckpt",
        "model-checkpoint:save_last=true | epoch=3-step=28.ckpt last.ckpt",
        "model-checkpoint:save_top_k=0;save_last=true | last.ckpt",
        "model-checkpoint:every_n_epochs=2;save_top_k=-1 | epoch=1-step=14.ckpt epoch=3-step=28.ckpt",
        "model-checkpoint:every_n_train_steps=10;save_top_k=-1 |"
            + " epoch=1-step=10.ckpt epoch=2-step=20.ckpt",
        "model-checkpoint:filename=a | a.ckpt",
        "model-checkpoint:filename=a;save_top_k=-1 | a-v1.ckpt a-v2.ckpt a-v3.ckpt a.ckpt",
        "model-checkpoint:filename=last;save_last=true | last-v1.ckpt last.ckpt",
        "model-checkpoint:mode=max | epoch=3-step=28.ckpt",
        "model-checkpoint:every_n_epochs=3;save_last=true | epoch=2-step=21.ckpt last.ckpt",
        "model-checkpoint:every_n_train_steps=0 |",
        "model-checkpoint:train_time_interval_minutes=600;save_last=true | last.ckpt"
      })
  void keepsTheseFiles(String callback, String expected) {
    assertThat(files(fit(arguments(callback))))
        .isEqualTo(expected == null ? List.of() : List.of(expected.strip().split(" ")));
  }

  @Test
  void foldersAreKeptFoundAndRemovedAsFilesAre() {
    String plugin = "SafetensorsCheckpointIO";
    Arguments arguments =
        arguments("model-checkpoint:monitor=val_loss;save_top_k=2;save_last=true;filename={epoch}")
            .with(PLUGINS, List.of(PluginReference.parse(plugin)));
    FitResult first = fit(arguments.with(MAX_EPOCHS, 3));
    Path kept = first.directory().resolve("checkpoints");
    assertThat(kept.toFile().list()).hasSize(3).contains("last.safetensors.d");
    assertThat(first.checkpoints()).hasSize(3).allMatch(Files::isDirectory);
    for (String word : List.of("last", "best")) {
      FitResult next = fit(arguments.with(CKPT_PATH, word));
      assertThat(next.globalStep()).isEqualTo(28);
      assertThat(next.checkpoints()).isNotEmpty();
    }
    // A run with another plugin finds them too.
    FitResult other = fit(arguments().with(CKPT_PATH, "last").with(MAX_EPOCHS, 5));
    assertThat(other.globalStep()).isEqualTo(35);
    assertThat(files(other)).containsExactly("epoch=4-step=35.ckpt");
  }

  @Test
  void keepsTheBestByMetric() {
    FitResult result =
        fit(arguments("model-checkpoint:monitor=val_loss;save_top_k=2;filename={epoch}"));
    List<String> kept = files(result);
    assertThat(kept).hasSize(2);
    Path best = result.checkpoints().get(0);
    try (Checkpoint checkpoint = new TorchCheckpointIO().load(best)) {
      Map<?, ?> callbacks = (Map<?, ?>) ((Map<?, ?>) checkpoint.root()).get("callbacks");
      Map<?, ?> state = (Map<?, ?>) callbacks.values().iterator().next();
      assertThat(state.get("best_model_path")).isEqualTo(best.toString());
    }
  }

  @Test
  void validationWithinAnEpochKeepsOneEach() {
    FitResult result =
        fit(
            arguments("model-checkpoint:save_top_k=-1")
                .with(MAX_EPOCHS, 1)
                .with(VAL_CHECK_INTERVAL, Limit.count(3)));
    assertThat(files(result)).containsExactly("epoch=0-step=3.ckpt", "epoch=0-step=6.ckpt");
  }

  @Test
  void aRunThatEndsWithinAnEpochKeepsItsEnd() {
    FitResult result = fit(arguments().with(MAX_STEPS, 10));
    assertThat(files(result)).containsExactly("epoch=1-step=10.ckpt");
    FitResult rest = fit(arguments().with(CKPT_PATH, "last"));
    assertThat(rest.globalStep()).isEqualTo(28);
  }

  @Test
  void aRunByAMetricThatEndsWithinAnEpochKeepsItsEndAsTheLast() {
    FitResult result =
        fit(arguments("model-checkpoint:monitor=val_loss;save_last=true").with(MAX_STEPS, 10));
    assertThat(files(result)).containsExactly("epoch=0-step=7.ckpt", "last.ckpt");
    Path last = result.directory().resolve("checkpoints").resolve("last.ckpt");
    try (Checkpoint checkpoint = new TorchCheckpointIO().load(last)) {
      assertThat(((Map<?, ?>) checkpoint.root()).get("global_step")).isEqualTo(10L);
    }
  }

  @Test
  void aMetricThatNobodyLogsIsCorrected() {
    assertThatThrownBy(() -> fit(arguments("model-checkpoint:monitor=val_los")))
        .isInstanceOf(MisconfigurationException.class)
        .hasMessageContaining("val_los")
        .hasMessageContaining("train_loss")
        .satisfies(
            e ->
                assertThat(((MisconfigurationException) e).hint())
                    .contains("Did you mean 'val_loss'"));
  }

  @Test
  void earlyStoppingEndsAFit() {
    FitResult result =
        fit(
            arguments("early-stopping:monitor=val_loss;patience=1;min_delta=100")
                .with(MAX_EPOCHS, 50));
    assertThat(result.epochs()).isEqualTo(2);
  }

  @Test
  void aSecondRunResumesFromTheLastOfTheFirst() {
    fit(arguments().with(MAX_EPOCHS, 2));
    FitResult second = fit(arguments().with(CKPT_PATH, "last"));
    assertThat(second.globalStep()).isEqualTo(28);
    assertThat(files(second)).containsExactly("epoch=3-step=28.ckpt");
  }

  @Test
  void theFirstLastCheckpointKnowsItsOwnPath() {
    FitResult result = fit(arguments("model-checkpoint:save_last=true").with(MAX_EPOCHS, 1));
    Path last = result.directory().resolve("checkpoints").resolve("last.ckpt");
    assertThat(state(last).get("last_model_path")).isEqualTo(last.toString());
  }

  private static Map<?, ?> state(Path file) {
    try (Checkpoint checkpoint = new TorchCheckpointIO().load(file)) {
      Map<?, ?> callbacks = (Map<?, ?>) ((Map<?, ?>) checkpoint.root()).get("callbacks");
      return (Map<?, ?>) callbacks.values().iterator().next();
    }
  }

  @Test
  void aResumedRunInTheSameFolderReplacesTheFormerOnesButNotItsSource() {
    Path kept = folder.resolve("kept");
    String callback = "model-checkpoint:filename={epoch};dirpath=" + kept;
    fit(arguments(callback).with(MAX_EPOCHS, 2));
    assertThat(files(kept)).containsExactly("epoch=1.ckpt");
    Path source = kept.resolve("epoch=1.ckpt");
    fit(arguments(callback).with(CKPT_PATH, source.toString()));
    assertThat(files(kept)).containsExactly("epoch=1.ckpt", "epoch=3.ckpt");
  }

  @Test
  void finishedRunsThatAreResumedKeepNothingNew() {
    Path kept = folder.resolve("kept");
    String callback = "model-checkpoint:save_last=true;dirpath=" + kept;
    fit(arguments(callback).with(MAX_EPOCHS, 1));
    List<String> before = files(kept);
    fit(arguments(callback).with(MAX_EPOCHS, 1).with(CKPT_PATH, kept.resolve("last.ckpt") + ""));
    assertThat(files(kept)).isEqualTo(before);
  }

  @Test
  void validationOutsideAFitKeepsAndStopsNothing() {
    Arguments arguments =
        arguments("model-checkpoint:monitor=none", "early-stopping:monitor=none")
            .with(VAL_CHECK_INTERVAL, Limit.share(0.5));
    try (Trainer trainer =
        TestOffers.trainers().create(arguments, Surroundings.here(), List.of())) {
      trainer.validate(new ResumeTest.Model(), ResumeTest.data());
      assertThat(trainer.shouldStop()).isFalse();
      assertThat(files(trainer.runDirectory())).noneMatch(name -> name.endsWith(".ckpt"));
    }
  }

  @Test
  void aTrialRunKeepsNothingEvenWhereACallbackIsGiven() {
    ModelCheckpoint given = new ModelCheckpoint(ModelCheckpoint.Options.DEFAULTS);
    EarlyStopping strict = new EarlyStopping(EarlyStopping.Options.of("nobody_logs_it"));
    Arguments arguments = arguments("learning-rate-monitor").with(FAST_DEV_RUN, 2);
    try (Trainer trainer =
        TestOffers.trainers().create(arguments, Surroundings.here(), List.of(given, strict))) {
      FitResult result = trainer.fit(new ResumeTest.Model(), ResumeTest.data());
      assertThat(result.globalStep()).isEqualTo(2);
      assertThat(files(result)).isEmpty();
    }
    assertThat(given.bestModelPath()).isEmpty();
  }

  @Test
  void aMetricOfTheEpochsEndIsWaitedForWithinTheFirstEpoch() {
    FitResult result =
        fit(
            arguments("model-checkpoint:monitor=val_loss;every_n_train_steps=3;save_top_k=-1")
                .with(MAX_EPOCHS, 2));
    assertThat(files(result)).containsExactly("epoch=1-step=12.ckpt", "epoch=1-step=9.ckpt");
  }

  @Test
  void lastAndBestAreFoundInAFolderOfOnesOwn() {
    Path kept = folder.resolve("kept");
    String callback = "model-checkpoint:filename={epoch};dirpath=" + kept;
    FitResult first = fit(arguments(callback).with(MAX_EPOCHS, 2));
    assertThat(first.checkpoints()).containsExactly(kept.resolve("epoch=1.ckpt"));
    for (String word : List.of("best", "last")) {
      FitResult next = fit(arguments(callback).with(CKPT_PATH, word).with(MAX_EPOCHS, 4));
      assertThat(next.globalStep()).isEqualTo(28);
      assertThat(next.checkpoints().get(0)).isEqualTo(kept.resolve("epoch=3.ckpt"));
    }
    assertThat(files(kept)).containsExactly("epoch=1.ckpt", "epoch=3.ckpt");
  }
}
