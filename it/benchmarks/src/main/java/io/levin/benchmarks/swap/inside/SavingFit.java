package io.levin.benchmarks.swap.inside;

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
import io.levin.optim.torch.Adam;
import io.levin.plan.Surroundings;
import io.levin.torch.Losses;
import io.levin.trainer.Trainer;
import io.levin.trainer.Trainers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A fit in a thread of its own that keeps a checkpoint at every step until it is told to end. */
final class SavingFit implements Callback {
  private static final int ROWS = 64;

  private final Thread thread;
  private final Trainer trainer;
  private final List<Path> saved = Collections.synchronizedList(new ArrayList<>());
  private volatile Throwable failure;
  private volatile boolean isOver;

  /** Exclusive or, over and over. */
  private static final class Xor extends LevinModule {
    Xor() {
      super(
          new SequentialBlock()
              .add(Linear.builder().setUnits(8).build())
              .add(Activation::tanh)
              .add(Linear.builder().setUnits(2).build()),
          new Shape(1, 2));
    }

    @Override
    public Optimizers configureOptimizers() {
      return Optimizers.of(new Adam(parameters(), 0.05));
    }

    @Override
    public NDArray trainingStep(NDList batch, int batchIndex) {
      return Losses.crossEntropy(forward(batch.get(0)), batch.get(1));
    }
  }

  SavingFit(Trainers trainers, Path folder, long seed) {
    Arguments arguments =
        Arguments.none()
            .with(MAX_EPOCHS, 1_000_000)
            .with(SEED, seed)
            .with(ENABLE_PROGRESS_BAR, false)
            .with(LOGGERS, List.of())
            .with(DEFAULT_ROOT_DIR, folder.toString());
    trainer = trainers.create(arguments, Surroundings.here(), List.of(this));
    thread = new Thread(this::run, "fit " + seed);
    thread.start();
  }

  private void run() {
    float[][] inputs = new float[ROWS][];
    long[] classes = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      inputs[i] = new float[] {i & 1, (i >> 1) & 1};
      classes[i] = (i ^ (i >> 1)) & 1;
    }
    try {
      trainer.fit(new Xor(), DataModule.of(Loader.of(ArrayDataset.classes(inputs, classes), 4)));
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  @Override
  public boolean keepsCheckpoints() {
    return true;
  }

  @Override
  public void onTrainBatchEnd(
      Trainer run, LevinModule module, NDArray loss, NDList batch, int index) {
    Path path =
        run.runDirectory()
            .resolve("checkpoints")
            .resolve("step=%07d%s".formatted(run.globalStep(), run.checkpointSuffix()));
    run.saveCheckpoint(path, false);
    saved.add(path);
    if (isOver) {
      run.stop("the trial is over");
    }
  }

  Trainer trainer() {
    return trainer;
  }

  /** Waits until so many checkpoints more have been kept, or the fit has ended. */
  void awaitMore(int count) {
    int until = saved.size() + count;
    while (saved.size() < until && thread.isAlive()) {
      Pause.millis(2);
    }
  }

  /** Waits for the end, and gives all that was kept. */
  List<Path> end() {
    isOver = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    trainer.close();
    return List.copyOf(saved);
  }

  /** What ended it before its time; null when nothing did. */
  Throwable failure() {
    return failure;
  }
}
