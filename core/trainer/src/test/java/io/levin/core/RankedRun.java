package io.levin.core;

import static io.levin.arguments.TrainerArguments.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import io.levin.LevinException;
import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One rank of runs that are made by several processes, one after the other, as a program: rank,
 * number of ranks, folder with a file {@code cases}. A case is a line {@code name|port|arguments},
 * with {@code @} for the folder; what came of it is in the folder under its name.
 */
public final class RankedRun {
  /** Samples of all ranks in a step. */
  private static final int BATCH = 8;

  private static final int BATCHES = 6;

  private RankedRun() {}

  /** Layers whose rows two and four ranks cannot share out evenly. */
  static final class Model extends LevinModule {
    Model() {
      super(network(), new Shape(1, 5));
    }

    private static Block network() {
      return new SequentialBlock()
          .add(Linear.builder().setUnits(15).build())
          .add(LayerNorm.builder().build())
          .add(
              new SequentialBlock()
                  .add(Activation::relu)
                  .add(Linear.builder().setUnits(9).build())
                  .add(Activation::tanh))
          .add(Linear.builder().setUnits(3).build());
    }

    @Override
    public Optimizers configureOptimizers() {
      AdamW adam = new AdamW(parameters(), 0.01);
      return Optimizers.of(adam).with(SchedulerConfig.everyStep(new OneCycleLR(adam, 0.05, 40)));
    }

    @Override
    public NDArray trainingStep(NDList batch, int batchIndex) {
      return Losses.crossEntropy(forward(batch.get(0)), batch.get(1));
    }

    @Override
    public void validationStep(NDList batch, int batchIndex) {
      log("val_loss", Losses.crossEntropy(forward(batch.get(0)), batch.get(1)));
    }
  }

  private static DataModule data(int ranks) {
    Random random = new Random(3);
    float[][] rows = new float[BATCHES * BATCH][5];
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
        return Loader.of(dataset, BATCH / ranks).shuffled();
      }

      @Override
      public List<Loader> validation() {
        return List.of(Loader.of(dataset, 2 * BATCH / ranks));
      }
    };
  }

  /** Keeps the losses, and checkpoints where the case wants them. */
  private static final class Keeper implements Callback {
    private final Path folder;
    private final String name;
    private final int keepAfter;
    private final List<String> losses = new ArrayList<>();
    private int batches;
    private long held;

    Keeper(Path folder, String name, int keepAfter) {
      this.folder = folder;
      this.name = name;
      this.keepAfter = keepAfter;
    }

    @Override
    public void onTrainBatchEnd(
        Trainer trainer, LevinModule module, NDArray loss, NDList batch, int batchIndex) {
      losses.add(Double.toString(trainer.strategy().mean(Scalars.read(loss))));
      if (++batches == keepAfter) {
        trainer.saveCheckpoint(folder.resolve(name + "-kept" + trainer.checkpointSuffix()), false);
      }
    }

    @Override
    public void onTrainEnd(Trainer trainer, LevinModule module) {
      held = Held.bytes(trainer, module);
      trainer.saveCheckpoint(folder.resolve(name + trainer.checkpointSuffix()), false);
    }
  }

  public static void main(String[] given) throws IOException {
    int rank = Integer.parseInt(given[0]);
    int ranks = Integer.parseInt(given[1]);
    Path folder = Path.of(given[2]);
    for (String line : Files.readAllLines(folder.resolve("cases"))) {
      String[] words = line.split("\\|");
      run(rank, ranks, folder, words[0], words[1], words[2].replace("@", folder.toString()));
    }
    System.out.println("all good");
  }

  private static void run(int rank, int ranks, Path folder, String name, String port, String line)
      throws IOException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("MASTER_ADDR", "127.0.0.1");
    environment.put("MASTER_PORT", port);
    environment.put("NODE_RANK", "0");
    environment.put("LOCAL_RANK", Integer.toString(rank));
    Surroundings here = Surroundings.here();
    Surroundings surroundings =
        new Surroundings(Map.copyOf(environment), here.hostname(), here.hardware(), here.files());
    int keepAfter = line.contains("#") ? Integer.parseInt(line.split("#")[1].strip()) : -1;
    Arguments arguments =
        CommandLine.over(
            Arguments.none()
                .with(MAX_EPOCHS, 3)
                .with(DEFAULT_ROOT_DIR, folder.toString())
                .with(ENABLE_PROGRESS_BAR, false)
                .with(ENABLE_CHECKPOINTING, false)
                .with(LOGGERS, List.of())
                .with(SEED, 4L)
                .with(THREADS, 1),
            "--accelerator cpu --devices " + ranks + " " + line.split("#")[0].strip());
    Keeper keeper = new Keeper(folder, name, keepAfter);
    Path result = folder.resolve(name + ".losses");
    try (Trainer trainer =
        RankedOffers.trainers().create(arguments, surroundings, List.of(keeper))) {
      Model module = new Model();
      trainer.fit(module, data(ranks));
      Files.write(folder.resolve(name + ".held" + rank), List.of(Long.toString(keeper.held)));
      if (rank == 0) {
        Files.write(result, keeper.losses);
      }
    } catch (LevinException e) {
      // A case may be one that is refused.
      System.out.printf("%s on %d: %s%n", name, rank, e.getMessage());
      if (rank == 0) {
        Files.writeString(result, "refused: " + e.getMessage());
      }
    }
  }
}
