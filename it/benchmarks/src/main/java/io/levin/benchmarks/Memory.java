package io.levin.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.callback.Callback;
import io.levin.launcher.Levin;
import io.levin.module.LevinModule;
import io.levin.trainer.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory over 20,000 tiny steps. */
public final class Memory {
  private static final int[] WIDTHS = {32, 32, 1};
  private static final int STEPS = 20_000;
  private static final long PAGE_KIB = 4;

  private Memory() {}

  public static void main(String[] arguments) {
    try (Levin levin = Levin.start()) {
      new TrainerLoop(levin, WIDTHS, Mlp.data(WIDTHS, 1024), 8)
          .run(
              STEPS,
              1,
              "32",
              new Callback() {
                @Override
                public void onTrainBatchEnd(
                    Trainer trainer, LevinModule module, NDArray loss, NDList batch, int index) {
                  if (trainer.globalStep() % 2500 == 0) {
                    System.out.printf(
                        "step %,6d: %,d KiB resident%n", trainer.globalStep(), resident());
                  }
                }
              });
    }
  }

  private static long resident() {
    try {
      return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * PAGE_KIB;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
