package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import io.levin.callback.Callback;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.TensorPaths;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointIO;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import io.levin.module.LevinModule;
import io.levin.plan.Family;
import io.levin.plan.PlanReport;
import io.levin.plan.Surroundings;
import io.levin.trainer.FitResult;
import io.levin.trainer.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AsyncCheckpointIO through plans and whole fits: four epochs of seven batches. */
class WrittenBehindTest {
  @TempDir private Path folder;

  private Arguments arguments(String plugin, String... callbacks) {
    return Arguments.none()
        .with(MAX_EPOCHS, 4)
        .with(DEFAULT_ROOT_DIR, folder.toString())
        .with(ENABLE_PROGRESS_BAR, false)
        .with(LOGGERS, List.of())
        .with(CALLBACKS, List.of(callbacks))
        .with(PLUGINS, List.of(PluginReference.parse(plugin)))
        .with(SEED, 4L)
        .with(THREADS, 1);
  }

  private static FitResult fit(Arguments arguments, Callback... callbacks) {
    try (Trainer trainer =
        TestOffers.trainers().create(arguments, Surroundings.here(), List.of(callbacks))) {
      return trainer.fit(new ResumeTest.Model(), ResumeTest.data());
    }
  }

  private static PlanReport plan(Arguments arguments) {
    return TestOffers.trainers().plan(arguments, Surroundings.here());
  }

  @Test
  void aPlanSaysWhatItWritesWith() {
    assertThat(plan(arguments("AsyncCheckpointIO")).orThrow().choice(Family.CHECKPOINT_IO).fits())
        .satisfies(fits -> assertThat(fits.why()).contains("TorchCheckpointIO"));
    assertThat(
            plan(arguments("AsyncCheckpointIO:inner=SafetensorsCheckpointIO"))
                .orThrow()
                .choice(Family.CHECKPOINT_IO)
                .fits()
                .why())
        .contains("SafetensorsCheckpointIO");
    assertThat(plan(Arguments.none()).orThrow().choice(Family.CHECKPOINT_IO).name())
        .isEqualTo("TorchCheckpointIO");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AsyncCheckpointIO:inner=NoCheckpointIO",
        "AsyncCheckpointIO:inner=AsyncCheckpointIO",
        "AsyncCheckpointIO:pending=0",
        "AsyncCheckpointIO:pending=many",
        "AsyncCheckpointIO:queue=2"
      })
  void aWrongOptionIsAConflict(String plugin) {
    PlanReport report = plan(arguments(plugin));
    assertThat(report.ok()).isFalse();
    assertThat(report.conflicts()).hasSize(1);
    assertThat(report.conflicts().get(0).message())
        .contains("AsyncCheckpointIO")
        .containsAnyOf("NoCheckpointIO", "'AsyncCheckpointIO'", "pending", "queue");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AsyncCheckpointIO", "AsyncCheckpointIO:inner=SafetensorsCheckpointIO"})
  void theLastIsAlwaysTheNewestThoughItsNameIsUsedAgain(String plugin) {
    Path kept = folder.resolve("kept");
    String callback = "model-checkpoint:filename=a;save_last=true;dirpath=" + kept;
    FitResult result = fit(arguments(plugin, callback));
    assertThat(result.checkpoints()).isNotEmpty();
    FitResult rest = fit(arguments(plugin, callback).with(CKPT_PATH, "last").with(MAX_EPOCHS, 5));
    assertThat(rest.globalStep()).isEqualTo(35);
    CheckpointIO io =
        plugin.contains("Safetensors") ? new SafetensorsCheckpointIO() : new TorchCheckpointIO();
    try (Checkpoint last = io.load(kept.resolve("last" + io.suffix()))) {
      assertThat(((Map<?, ?>) last.root()).get("global_step")).isEqualTo(35L);
    }
  }

  /** Notes what is told, and by which thread. */
  private static final class Durable implements Callback {
    final List<Path> paths = new ArrayList<>();
    final List<String> wrong = new ArrayList<>();
    private final Thread trainers = Thread.currentThread();

    @Override
    public void onCheckpointDurable(Trainer trainer, LevinModule module, Path path) {
      paths.add(path);
      if (Thread.currentThread() != trainers || !Files.exists(path)) {
        wrong.add(path + " by " + Thread.currentThread());
      }
    }
  }

  @Test
  void callbacksAreToldOnceWhenACheckpointIsOnDisk() {
    Durable durable = new Durable();
    FitResult result =
        fit(arguments("AsyncCheckpointIO", "model-checkpoint:save_top_k=-1"), durable);
    assertThat(durable.paths).hasSize(4).doesNotHaveDuplicates();
    assertThat(durable.paths).containsExactlyInAnyOrderElementsOf(result.checkpoints());
    assertThat(durable.wrong).isEmpty();
  }

  @Test
  void aFailureFailsTheRunBeforeItsEnd() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken.ckpt"));
    List<Integer> epochs = new ArrayList<>();
    Callback saver =
        new Callback() {
          @Override
          public void onTrainBatchEnd(
              Trainer trainer, LevinModule module, NDArray loss, NDList batch, int batchIndex) {
            epochs.add(trainer.currentEpoch());
            if (epochs.size() == 2) {
              trainer.saveCheckpoint(taken, false);
            }
          }
        };
    Arguments arguments =
        arguments("AsyncCheckpointIO").with(MAX_EPOCHS, 100_000).with(ENABLE_CHECKPOINTING, false);
    assertThatThrownBy(() -> fit(arguments, saver))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("taken.ckpt");
  }

  @Test
  void whatIsWrittenBehindIsWhatIsWrittenAtOnce() {
    Path first = folder.resolve("first.ckpt");
    Path second = folder.resolve("second.ckpt");
    for (Path path : List.of(first, second)) {
      Callback saver =
          new Callback() {
            @Override
            public void onTrainBatchEnd(
                Trainer trainer, LevinModule module, NDArray loss, NDList batch, int batchIndex) {
              if (trainer.globalStep() == 9) {
                trainer.saveCheckpoint(path, false);
              }
            }
          };
      fit(arguments(path == first ? "TorchCheckpointIO" : "AsyncCheckpointIO"), saver);
    }
    try (Checkpoint one = new TorchCheckpointIO().load(first);
        Checkpoint other = new TorchCheckpointIO().load(second)) {
      assertThat(digests(other)).hasSizeGreaterThan(15).isEqualTo(digests(one));
    }
  }

  private static Map<String, String> digests(Checkpoint checkpoint) {
    Map<String, String> digests = new LinkedHashMap<>();
    TensorPaths.of(checkpoint.root())
        .forEach((path, tensor) -> digests.put(path, Digest.sha256(tensor)));
    return digests;
  }
}
