package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.arguments.PluginReference;
import io.levin.callback.Callback;
import io.levin.checkpoint.Checkpoint;
import io.levin.checkpoint.CheckpointIO;
import io.levin.checkpoint.Digest;
import io.levin.checkpoint.Tensor;
import io.levin.checkpoint.TensorPaths;
import io.levin.checkpoint.safetensors.SafetensorsCheckpointIO;
import io.levin.checkpoint.torch.TorchCheckpointIO;
import io.levin.data.DataModule;
import io.levin.data.Loader;
import io.levin.data.loading.ArrayDataset;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizers;
import io.levin.optim.SchedulerConfig;
import io.levin.optim.torch.AdamW;
import io.levin.plan.Surroundings;
import io.levin.schedule.OneCycleLR;
import io.levin.torch.Losses;
import io.levin.trainer.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that was stopped and resumed ends with the same bits as one that was not. */
class ResumeTest {
  private static final int BATCHES = 7;

  @TempDir Path folder;

  /** Dropout, batch statistics, shuffling, a schedule: all that has state. */
  static final class Model extends LevinModule {
    Model() {
      super(
          new SequentialBlock()
              .add(Linear.builder().setUnits(16).build())
              .add(BatchNorm.builder().build())
              .add(Activation::relu)
              .add(Dropout.builder().optRate(0.3f).build())
              .add(Linear.builder().setUnits(3).build()),
          new Shape(1, 5));
    }

    @Override
    public Optimizers configureOptimizers() {
      AdamW adam = new AdamW(parameters(), 0.01);
      return Optimizers.of(adam).with(SchedulerConfig.everyStep(new OneCycleLR(adam, 0.05, 40)));
    }

    @Override
    public NDArray trainingStep(NDList batch, int batchIndex) {
      NDArray loss = Losses.crossEntropy(forward(batch.get(0)), batch.get(1));
      log("train_loss", loss);
      return loss;
    }

    @Override
    public void validationStep(NDList batch, int batchIndex) {
      log("val_loss", Losses.crossEntropy(forward(batch.get(0)), batch.get(1)));
    }
  }

  static DataModule data() {
    Random random = new Random(3);
    float[][] rows = new float[BATCHES * 8][5];
    long[] labels = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < 5; k++) {
        rows[i][k] = (float) random.nextGaussian();
      }
      labels[i] = random.nextInt(3);
    }
    ArrayDataset dataset = ArrayDataset.classes(rows, labels);
    return new DataModule() {
      @Override
      public Loader train() {
        return Loader.of(dataset, 8).shuffled();
      }

      @Override
      public List<Loader> validation() {
        return List.of(Loader.of(dataset, 16));
      }
    };
  }

  /** Keeps a checkpoint after so many batches, and the losses of all that follow. */
  private static final class Keeper implements Callback {
    private final Path path;
    private final long after;
    private long batches;
    final Map<Long, Double> losses = new LinkedHashMap<>();

    Keeper(Path path, long after) {
      this.path = path;
      this.after = after;
    }

    @Override
    public void onTrainBatchEnd(
        Trainer trainer, LevinModule module, NDArray loss, NDList batch, int batchIndex) {
      batches++;
      losses.put(trainer.currentEpoch() * 100L + batchIndex, Scalars.read(loss));
      if (batches == after) {
        trainer.saveCheckpoint(path, false);
      }
    }
  }

  private Arguments arguments(String line) {
    return CommandLine.over(arguments(), line);
  }

  private Arguments arguments() {
    return Arguments.none()
        .with(MAX_EPOCHS, 3)
        .with(DEFAULT_ROOT_DIR, folder.toString())
        .with(ENABLE_PROGRESS_BAR, false)
        .with(ENABLE_CHECKPOINTING, false)
        .with(LOGGERS, List.of())
        .with(SEED, 4L)
        .with(THREADS, 1);
  }

  private Path end(Arguments arguments, String name, Keeper keeper) {
    Path end = folder.resolve(name);
    Callback last =
        new Callback() {
          @Override
          public void onTrainEnd(Trainer trainer, LevinModule module) {
            trainer.saveCheckpoint(end, false);
          }
        };
    try (Trainer trainer =
        TestOffers.everything().create(arguments, Surroundings.here(), List.of(keeper, last))) {
      trainer.fit(new Model(), data());
    }
    return end;
  }

  @ParameterizedTest
  @CsvSource({
    "--precision 32, 3, 1",
    "--precision 32, 7, 1",
    "--precision 32, 12, 2",
    "--precision 64, 10, 1",
    "--precision 64, 14, 3",
    "--precision bf16, 10, 1",
    "--precision bf16, 12, 2",
    "--plugins NativeMixedPrecisionPlugin:precision=16;init_scale=1024;growth_interval=4, 10, 1",
    "--plugins NativeMixedPrecisionPlugin:precision=16;growth_interval=3, 11, 2",
    "--plugins ApexMixedPrecisionPlugin:amp_level=O1, 10, 1",
    "--plugins ApexMixedPrecisionPlugin:amp_level=O1;loss_scale=64, 11, 1",
    "--plugins ApexMixedPrecisionPlugin:amp_level=O2, 12, 2",
    "--plugins ApexMixedPrecisionPlugin:amp_level=O3, 10, 1",
    "--strategy ddp_sharded --precision bf16, 10, 1",
    "--strategy fsdp --precision bf16, 10, 1",
    "--strategy deepspeed --precision 16, 10, 1",
    "--strategy deepspeed --precision bf16, 12, 2",
    "--accelerator tpu --emulate --precision bf16, 10, 1",
    "--accelerator hpu --emulate --precision bf16, 12, 2",
    "--accelerator ipu --emulate --precision 16, 10, 1",
    "--precision 16-true, 12, 2",
    "--precision bf16-true, 10, 1",
  })
  void endsWithTheSameBits(String line, int after, int accumulate) {
    endsWithTheSameBits(arguments(line).with(ACCUMULATE_GRAD_BATCHES, accumulate), after, ".ckpt");
  }

  @ParameterizedTest
  @CsvSource({"32, 3, 1", "32, 7, 1", "32, 12, 2", "64, 14, 3", "bf16, 10, 1", "bf16, 12, 2"})
  void endsWithTheSameBitsFromAFolderOfSafetensors(String precision, int after, int accumulate) {
    Arguments arguments =
        arguments("--precision " + precision)
            .with(ACCUMULATE_GRAD_BATCHES, accumulate)
            .with(PLUGINS, List.of(PluginReference.parse("SafetensorsCheckpointIO")));
    endsWithTheSameBits(arguments, after, ".safetensors.d");
    assertThat(folder.resolve("kept.safetensors.d/model.safetensors")).isRegularFile();
  }

  @ParameterizedTest
  @CsvSource({
    "AsyncCheckpointIO, .ckpt, 32, 10, 1",
    "AsyncCheckpointIO, .ckpt, bf16, 12, 2",
    "AsyncCheckpointIO:inner=SafetensorsCheckpointIO;pending=2, .safetensors.d, 32, 3, 1",
    "AsyncCheckpointIO:inner=SafetensorsCheckpointIO, .safetensors.d, bf16, 10, 1"
  })
  void endsWithTheSameBitsWhenWrittenBehind(
      String plugin, String suffix, String precision, int after, int accumulate) {
    Arguments arguments =
        arguments("--precision " + precision)
            .with(ACCUMULATE_GRAD_BATCHES, accumulate)
            .with(PLUGINS, List.of(PluginReference.parse(plugin)));
    endsWithTheSameBits(arguments, after, suffix);
  }

  private void endsWithTheSameBits(Arguments arguments, int after, String suffix) {
    Path kept = folder.resolve("kept" + suffix);
    Keeper whole = new Keeper(kept, after);
    Path straight = end(arguments, "straight" + suffix, whole);
    Keeper second = new Keeper(kept, -1);
    Path resumed = end(arguments.with(CKPT_PATH, kept.toString()), "resumed" + suffix, second);

    List<Double> rest = new ArrayList<>(whole.losses.values()).subList(after, BATCHES * 3);
    assertThat(second.losses.values()).containsExactlyElementsOf(rest);
    assertThat(digests(resumed)).isEqualTo(digests(straight));
  }

  private static Map<String, String> digests(Path file) {
    Map<String, String> digests = new LinkedHashMap<>();
    boolean isFolder = Files.isDirectory(file);
    CheckpointIO io = isFolder ? new SafetensorsCheckpointIO() : new TorchCheckpointIO();
    try (Checkpoint checkpoint = io.load(file)) {
      for (Map.Entry<String, Tensor> entry : TensorPaths.of(checkpoint.root()).entrySet()) {
        digests.put(entry.getKey(), Digest.sha256(entry.getValue()));
      }
    }
    assertThat(digests).hasSizeGreaterThan(15);
    return digests;
  }

  @Test
  void aFormatThatIsNotThePlansOwnIsResumedFromToo() {
    Arguments arguments = arguments("--precision 32");
    Path kept = folder.resolve("kept.ckpt");
    Path straight = end(arguments, "straight.ckpt", new Keeper(kept, 10));
    Path converted = folder.resolve("converted");
    try (Checkpoint checkpoint = new TorchCheckpointIO().load(kept)) {
      new SafetensorsCheckpointIO().save(checkpoint, converted);
    }
    Keeper second = new Keeper(kept, -1);
    Path resumed = end(arguments.with(CKPT_PATH, converted.toString()), "resumed.ckpt", second);
    assertThat(digests(resumed)).isEqualTo(digests(straight));
  }

  @Test
  void weightsAloneAreLoadedAsSuchAndNotResumedFrom() {
    Path end =
        end(arguments("--precision 32").with(MAX_EPOCHS, 1), "end.ckpt", new Keeper(null, -1));
    Path weights = folder.resolve("weights.safetensors");
    try (Checkpoint checkpoint = new TorchCheckpointIO().load(end)) {
      Object state = ((Map<?, ?>) checkpoint.root()).get("state_dict");
      new SafetensorsCheckpointIO().save(Checkpoint.of(state), weights);
    }
    assertThat(validated(weights)).isEqualTo(validated(end));
    Arguments arguments = arguments("--precision 32").with(CKPT_PATH, weights.toString());
    assertThatThrownBy(() -> end(arguments, "more.ckpt", new Keeper(null, -1)))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("weights only");
  }

  private Map<String, Double> validated(Path file) {
    Arguments arguments = arguments("--precision 32").with(CKPT_PATH, file.toString());
    try (Trainer trainer =
        TestOffers.trainers().create(arguments, Surroundings.here(), List.of())) {
      return trainer.validate(new Model(), data());
    }
  }

  @Test
  void aCheckpointHasLightningsKeys() {
    Path file =
        end(arguments("--precision 32").with(MAX_EPOCHS, 1), "end.ckpt", new Keeper(null, -1));
    try (Checkpoint checkpoint = new TorchCheckpointIO().load(file)) {
      Map<?, ?> root = (Map<?, ?>) checkpoint.root();
      assertThat(root.get("global_step")).isEqualTo((long) BATCHES);
      assertThat(List.copyOf(root.keySet()).toString())
          .contains("epoch", "pytorch-lightning_version", "state_dict", "loops", "callbacks")
          .contains("optimizer_states", "lr_schedulers");
    }
  }

  @Test
  void aMissingFileIsNamed() {
    Arguments arguments =
        arguments("--precision 32").with(CKPT_PATH, folder.resolve("none.ckpt").toString());
    assertThatThrownBy(() -> end(arguments, "end.ckpt", new Keeper(null, -1)))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("none.ckpt");
  }

  @Test
  void anotherModelsWeightsAreNamed() {
    Path golden = Path.of("../../checkpoint-io/torch/src/test/resources/golden/state_dict.pt");
    assertThat(golden).exists();
    Arguments arguments = arguments("--precision 32").with(CKPT_PATH, golden.toString());
    assertThatThrownBy(() -> end(arguments, "end.ckpt", new Keeper(null, -1)))
        .isInstanceOf(LevinException.class)
        .hasMessageContaining("state_dict");
  }
}
