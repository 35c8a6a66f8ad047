package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.GRU;
import ai.djl.nn.recurrent.LSTM;
import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import io.levin.data.DataModule;
import io.levin.data.Loader;
import io.levin.data.loading.ArrayDataset;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizers;
import io.levin.optim.torch.AdamW;
import io.levin.optim.torch.SGD;
import io.levin.plan.Surroundings;
import io.levin.torch.LazyDevice;
import io.levin.torch.Losses;
import io.levin.trainer.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lazy device through the real Trainer, beside the CPU, which computes at once. */
class LazyFitTest {
  private static final int BATCH = 16;
  private static final int FEATURES = 64;

  @TempDir Path folder;

  @BeforeEach
  void hasLazyDevice() {
    assumeTrue(LazyDevice.foreseen().isEmpty(), LazyDevice.foreseen());
  }

  private static Block network(String kind) {
    SequentialBlock block = new SequentialBlock();
    switch (kind) {
      case "mlp" -> block.add(linear(32)).add(Activation::relu);
      case "cnn" ->
          block
              .add(list -> new NDList(list.head().reshape(-1, 1, 8, 8)))
              .add(
                  Conv2d.builder()
                      .setFilters(4)
                      .setKernelShape(new Shape(3, 3))
                      .optPadding(new Shape(1, 1))
                      .build())
              .add(BatchNorm.builder().build())
              .add(Activation::relu)
              .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
              .add(Blocks.batchFlattenBlock());
      case "dropout" ->
          block.add(linear(32)).add(Activation::relu).add(Dropout.builder().optRate(0.3f).build());
      case "lstm" ->
          block
              .add(list -> new NDList(list.head().reshape(-1, 8, 8)))
              .add(LSTM.builder().setStateSize(6).setNumLayers(2).build())
              .add(Blocks.batchFlattenBlock());
      case "gru" ->
          block
              .add(list -> new NDList(list.head().reshape(-1, 8, 8)))
              .add(GRU.builder().setStateSize(6).setNumLayers(1).build())
              .add(Blocks.batchFlattenBlock());
      default -> throw new IllegalArgumentException(kind);
    }
    return block.add(linear(3));
  }

  private static Linear linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  /** Losses are read when steps have ended: reading one before would cut its step in two. */
  private static final class Classifier extends LevinModule {
    private final String optimizer;

    Classifier(String kind, String optimizer) {
      super(network(kind), new Shape(1, FEATURES));
      this.optimizer = optimizer;
    }

    @Override
    public Optimizers configureOptimizers() {
      return Optimizers.of(
          switch (optimizer) {
            case "sgd" -> new SGD(parameters(), 0.05);
            case "momentum" -> new SGD(parameters(), 0.02).momentum(0.9).weightDecay(0.01);
            default -> new AdamW(parameters(), 0.002);
          });
    }

    @Override
    public NDArray trainingStep(NDList batch, int batchIndex) {
      return Losses.crossEntropy(forward(batch.get(0)), batch.get(1));
    }

    @Override
    public void validationStep(NDList batch, int batchIndex) {
      log("val_loss", Losses.crossEntropy(forward(batch.get(0)), batch.get(1)));
    }

    @Override
    public NDList predictStep(NDList batch, int batchIndex) {
      return new NDList(forward(batch.get(0)));
    }
  }

  private record Data(int batches, int rest) {
    DataModule module() {
      Random random = new Random(11);
      float[][] rows = new float[batches * BATCH + rest][FEATURES];
      long[] labels = new long[rows.length];
      for (int i = 0; i < rows.length; i++) {
        for (int k = 0; k < FEATURES; k++) {
          rows[i][k] = (float) random.nextGaussian();
        }
        labels[i] = rows[i][0] > 0.4 ? 2 : rows[i][1] > 0 ? 1 : 0;
      }
      ArrayDataset dataset = ArrayDataset.classes(rows, labels);
      return new DataModule() {
        @Override
        public Loader train() {
          return Loader.of(dataset, BATCH).shuffled().prefetching(2);
        }

        @Override
        public List<Loader> validation() {
          return List.of(Loader.of(dataset, BATCH));
        }

        @Override
        public List<Loader> predict() {
          return List.of(Loader.of(dataset, BATCH));
        }
      };
    }
  }

  /** What came of a run. */
  private static final class Run implements Callback {
    final List<Double> losses = new ArrayList<>();
    Map<String, Double> metrics = Map.of();
    Map<String, Double> device = new LinkedHashMap<>();
    List<Path> checkpoints = List.of();

    @Override
    public void onTrainBatchEnd(
        Trainer trainer, LevinModule module, NDArray loss, NDList batch, int batchIndex) {
      losses.add(Scalars.read(loss));
    }

    @Override
    public void onTrainEnd(Trainer trainer, LevinModule module) {
      device.putAll(trainer.accelerator().statistics(trainer.strategy().device()));
    }
  }

  private Arguments arguments(String line) {
    return CommandLine.over(
        Arguments.none()
            .with(DEFAULT_ROOT_DIR, folder.toString())
            .with(ENABLE_PROGRESS_BAR, false)
            .with(ENABLE_CHECKPOINTING, false)
            .with(LOGGERS, List.of())
            .with(SEED, 4L)
            .with(THREADS, 1),
        line);
  }

  private Run fit(String line, String kind, String optimizer, Data data) {
    Run run = new Run();
    try (Trainer trainer =
        TestOffers.everything().create(arguments(line), Surroundings.here(), List.of(run))) {
      var result = trainer.fit(new Classifier(kind, optimizer), data.module());
      run.metrics = result.metrics();
      run.checkpoints = result.checkpoints();
    }
    return run;
  }

  /**
   * No Adam behind BatchNorm: it makes whole steps of the rounding in a gradient that is nought.
   */
  @ParameterizedTest
  @CsvSource({
    "mlp, sgd",
    "mlp, adamw",
    "mlp, momentum",
    "cnn, sgd",
    "cnn, momentum",
    "dropout, adamw"
  })
  void twoHundredStepsAreThoseOfTheCpuWithin1e6(String kind, String optimizer) {
    String line = "--max-steps 200 --max-epochs 50";
    Run eager = fit(line, kind, optimizer, new Data(8, 0));
    Run lazy = fit("--accelerator lazy " + line, kind, optimizer, new Data(8, 0));
    assertThat(lazy.losses).hasSize(200);
    for (int i = 0; i < 200; i++) {
      assertThat(lazy.losses.get(i)).as("step %d", i).isCloseTo(eager.losses.get(i), offset(1e-6));
    }
    assertThat(lazy.metrics.get("val_loss")).isCloseTo(eager.metrics.get("val_loss"), offset(1e-6));
    assertThat(lazy.device.get("lazy/cpu_fallbacks")).as("%s", lazy.device).isZero();
    assertThat(lazy.device.get("lazy/compiled_graphs")).isLessThan(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn"})
  void inBf16EveryBitIsThatOfTheCpu(String kind) {
    String line = "--precision bf16 --max-steps 200 --max-epochs 50";
    Run eager = fit(line, kind, "sgd", new Data(8, 0));
    Run lazy = fit("--accelerator lazy " + line, kind, "sgd", new Data(8, 0));
    assertThat(lazy.losses).isEqualTo(eager.losses);
    assertThat(lazy.metrics.get("val_loss")).isEqualTo(eager.metrics.get("val_loss"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lstm", "gru"})
  void recurrentNetworksGoByTheCpuAndAreCounted(String kind) {
    String line = "--max-epochs 3";
    Run eager = fit(line, kind, "adamw", new Data(4, 0));
    Run lazy = fit("--accelerator lazy " + line, kind, "adamw", new Data(4, 0));
    for (int i = 0; i < 12; i++) {
      assertThat(lazy.losses.get(i)).as("step %d", i).isCloseTo(eager.losses.get(i), offset(1e-5));
    }
  }

  @Test
  void changingShapesShowAsCompiledGraphs() {
    String line = "--accelerator lazy --max-epochs 6";
    fit(line, "mlp", "sgd", new Data(4, 0));
    Run again = fit(line, "mlp", "sgd", new Data(4, 0));
    assertThat(again.device)
        .containsEntry("lazy/compiled_graphs", 0.0) // all of them in the process's cache
        .containsEntry("lazy/marked_steps", 24.0 + 24 + 2);
    Run changing = fit(line, "mlp", "sgd", new Data(4, 5));
    assertThat(changing.device.get("lazy/compiled_graphs")).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"cpu, lazy", "lazy, cpu", "lazy, lazy"})
  void checkpointsGoOnOnTheOtherDevice(String first, String second) {
    Data data = new Data(4, 0);
    String whole = "--accelerator cpu --max-epochs 4";
    Run uncut = fit(whole, "cnn", "adamw", data);
    Run begun =
        fit(
            "--accelerator %s --max-epochs 2 --enable-checkpointing".formatted(first),
            "cnn",
            "adamw",
            data);
    Run resumed =
        fit(
            "--accelerator %s --max-epochs 4 --ckpt-path %s"
                .formatted(second, begun.checkpoints.get(0)),
            "cnn",
            "adamw",
            data);
    assertThat(resumed.losses).hasSize(8);
    for (int i = 0; i < 8; i++) {
      assertThat(resumed.losses.get(i)).isCloseTo(uncut.losses.get(8 + i), offset(1e-6));
    }
  }

  @Test
  void predictionsAreThoseOfTheCpuAndOutliveTheDevice() {
    List<float[]> results = new ArrayList<>();
    for (String accelerator : List.of("cpu", "lazy")) {
      List<NDList> predictions;
      try (Trainer trainer =
          TestOffers.everything()
              .create(arguments("--accelerator " + accelerator), Surroundings.here(), List.of())) {
        predictions = trainer.predict(new Classifier("mlp", "sgd"), new Data(2, 3).module());
      }
      assertThat(predictions).hasSize(3);
      results.add(predictions.get(2).head().toFloatArray());
      predictions.forEach(NDList::close);
    }
    assertThat(results.get(1)).hasSize(9).containsExactly(results.get(0), offset(1e-6f));
  }

  @Test
  void accumulatedBatchesAreOneStep() {
    String line = "--max-epochs 2 --accumulate-grad-batches 4 --gradient-clip-val 0.1";
    Run eager = fit(line, "mlp", "sgd", new Data(8, 0));
    Run lazy = fit("--accelerator lazy " + line, "mlp", "sgd", new Data(8, 0));
    assertThat(lazy.losses.get(15)).isCloseTo(eager.losses.get(15), offset(1e-6));
    assertThat(lazy.device).containsEntry("lazy/marked_steps", 4.0 + 16 + 2);
  }

  @Test
  void oneThreadHasADeviceAndAnotherIsToldOfTheNext() throws Exception {
    try (Trainer trainer =
        TestOffers.everything()
            .create(arguments("--accelerator lazy"), Surroundings.here(), List.of())) {
      assertThatThrownBy(() -> elsewhere("--accelerator lazy"))
          .isInstanceOf(LevinException.class)
          .hasMessageContaining("lazy:0 is in use by thread")
          .extracting(e -> ((LevinException) e).hint())
          .asString()
          .contains("--devices 1,");
      elsewhere("--accelerator lazy --devices 1, --max-epochs 1");
      assertThat(trainer.strategy().device().getDeviceId()).isZero();
    }
  }

  private void elsewhere(String line) throws Exception {
    try {
      CompletableFuture.runAsync(
              () -> fit(line, "mlp", "sgd", new Data(2, 0)),
              command -> new Thread(command, "another").start())
          .get();
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--devices 2, 'or the number of one device'",
    "'--devices 8,', 'or the number of one device'",
    "--strategy ddp, 'Strategy ddp does not run on accelerator lazy'",
  })
  void whatTheDeviceCannotDoIsRefusedByThePlan(String line, String message) {
    assertThatThrownBy(() -> fit("--accelerator lazy " + line, "mlp", "sgd", new Data(1, 0)))
        .hasMessageContaining(message);
  }
}
