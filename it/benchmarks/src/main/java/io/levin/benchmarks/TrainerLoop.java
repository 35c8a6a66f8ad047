package io.levin.benchmarks;

import static io.levin.arguments.TrainerArguments.*;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.arguments.Arguments;
import io.levin.callback.Callback;
import io.levin.data.DataModule;
import io.levin.data.Dataset;
import io.levin.data.Loader;
import io.levin.launcher.Levin;
import io.levin.module.LevinModule;
import io.levin.plan.Surroundings;
import io.levin.trainer.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** The Trainer with logger, checkpoints and progress off. */
final class TrainerLoop {
  private final Levin levin;
  private final int[] widths;
  private final Dataset data;
  private final int batchSize;

  TrainerLoop(Levin levin, int[] widths, Dataset data, int batchSize) {
    this.levin = levin;
    this.widths = widths;
    this.data = data;
    this.batchSize = batchSize;
  }

  /**
   * Nanoseconds from the end of the first step to the end of the last one.
   *
   * @param line more arguments, as on a command line
   */
  long run(int steps, int threads, String line, Callback... more) {
    Arguments arguments =
        Line.over(
            Arguments.none()
                .with(MAX_STEPS, steps + 1)
                .with(MAX_EPOCHS, -1)
                .with(DEFAULT_ROOT_DIR, folder())
                .with(ENABLE_CHECKPOINTING, false)
                .with(ENABLE_PROGRESS_BAR, false)
                .with(LOGGERS, List.of())
                .with(THREADS, threads)
                .with(SEED, 1L),
            line);
    Clock clock = new Clock();
    List<Callback> callbacks = new java.util.ArrayList<>(List.of(more));
    callbacks.add(clock);
    try (Trainer trainer = levin.trainers().create(arguments, Surroundings.here(), callbacks)) {
      trainer.fit(
          new Mlp(widths),
          new DataModule() {
            @Override
            public Loader train() {
              return Loader.of(data, batchSize).prefetching(0);
            }
          });
    }
    return clock.end - clock.start;
  }

  private static String folder() {
    try {
      return Files.createTempDirectory("levin-benchmark").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Clock implements Callback {
    private long start;
    private long end;

    @Override
    public void onTrainBatchEnd(
        Trainer trainer, LevinModule module, NDArray loss, NDList batch, int batchIndex) {
      end = System.nanoTime();
      if (start == 0) {
        start = end;
      }
    }
  }
}
