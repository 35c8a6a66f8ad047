package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import io.levin.data.DataModule;
import io.levin.data.Loader;
import io.levin.data.loading.ArrayDataset;
import io.levin.module.LevinModule;
import io.levin.optim.Optimizers;
import io.levin.optim.torch.AdamW;
import io.levin.plan.Hardware;
import io.levin.plan.Surroundings;
import io.levin.torch.Losses;
import io.levin.trainer.Trainer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One process of a run on emulated devices; says its losses and, last, what its weights come to.
 */
final class EmulatedTPUs {
  static final int BATCH = 16;

  private EmulatedTPUs() {}

  /** A small classifier, made alike everywhere. */
  static final class Model extends LevinModule {
    Model() {
      super(
          new SequentialBlock()
              .add(Linear.builder().setUnits(24).build())
              .add(Activation::relu)
              .add(Linear.builder().setUnits(3).build()),
          new Shape(1, 8));
    }

    @Override
    public Optimizers configureOptimizers() {
      return Optimizers.of(new AdamW(parameters(), 0.01));
    }

    @Override
    public NDArray trainingStep(NDList batch, int batchIndex) {
      return Losses.crossEntropy(forward(batch.get(0)), batch.get(1));
    }
  }

  static DataModule data(int batch) {
    Random random = new Random(3);
    float[][] rows = new float[BATCH * 12][8];
    long[] labels = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < 8; k++) {
        rows[i][k] = (float) random.nextGaussian();
      }
      labels[i] = rows[i][0] > 0.4 ? 2 : rows[i][1] > 0 ? 1 : 0;
    }
    ArrayDataset dataset = ArrayDataset.classes(rows, labels);
    return new DataModule() {
      @Override
      public Loader train() {
        return Loader.of(dataset, batch);
      }
    };
  }

  /** Trains four epochs; gives the losses, then the sum of the weights' bits. */
  static List<Double> train(Path folder, String line, int batch, Map<String, String> environment) {
    List<Double> said = new ArrayList<>();
    Callback listener =
        new Callback() {
          @Override
          public void onTrainBatchEnd(
              Trainer trainer, LevinModule module, NDArray loss, NDList data, int index) {
            said.add(Scalars.read(loss));
          }

          @Override
          public void onTrainEnd(Trainer trainer, LevinModule module) {
            said.add(
                (double)
                    module.parameters().stream()
                        .mapToInt(p -> Arrays.hashCode(p.array().toFloatArray()))
                        .sum());
          }
        };
    Arguments arguments =
        CommandLine.over(
            Arguments.none()
                .with(MAX_EPOCHS, 4)
                .with(DEFAULT_ROOT_DIR, folder.toString())
                .with(ENABLE_PROGRESS_BAR, false)
                .with(ENABLE_CHECKPOINTING, false)
                .with(LOGGERS, List.of())
                .with(SEED, 4L)
                .with(THREADS, 1),
            line);
    Surroundings place = Surroundings.of(environment, "n1", Hardware.here());
    try (Trainer trainer = TestOffers.everything().create(arguments, place, List.of(listener))) {
      trainer.fit(new Model(), data(batch));
    }
    return said;
  }

  /** Arguments: a folder, the rank, the port of rank 0, the command line. */
  public static void main(String[] args) throws Exception {
    Map<String, String> environment =
        Map.of(
            "LOCAL_RANK", args[1],
            "NODE_RANK", "0",
            "WORLD_SIZE", "2",
            "MASTER_ADDR", "127.0.0.1",
            "MASTER_PORT", args[2]);
    List<Double> said = train(Path.of(args[0]), args[3], BATCH, environment);
    Files.writeString(
        Path.of(args[0], "rank" + args[1]),
        String.join("\n", said.stream().map(String::valueOf).toList()));
  }
}
