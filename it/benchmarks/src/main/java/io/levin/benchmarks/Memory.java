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

/** Resident memory over many steps. */
public final class Memory {
  private static final int STEPS = 20_000;
  private static final int[] WIDTHS = {32, 32, 1};
  private static final int WIDE_STEPS = 400;
  private static final int[] WIDE = {784, 1024, 1024, 10};
  private static final long PAGE_KIB = 4;

  private Memory() {}

  /**
   * @param arguments {@code wide} and a precision for the compute-bound network; else the tiny one
   */
  public static void main(String[] arguments) {
    boolean isWide = arguments.length > 0;
    int[] widths = isWide ? WIDE : WIDTHS;
    int batch = isWide ? 256 : 8;
    int steps = isWide ? WIDE_STEPS : STEPS;
    int every = steps / 8;
    try (Levin levin = Levin.start()) {
      new TrainerLoop(levin, widths, Mlp.data(widths, batch * 79), batch)
          .run(
              steps,
              isWide ? 2 : 1,
              "--precision " + (isWide ? arguments[1] : "32"),
              new Callback() {
                @Override
                public void onTrainBatchEnd(
                    Trainer trainer, LevinModule module, NDArray loss, NDList batch, int index) {
                  if (trainer.globalStep() % every == 0) {
                    System.out.printf(
                        "step %,6d: %,d KiB resident%n", trainer.globalStep(), resident());
                  }
                }
              });
    }
  }

  static long resident() {
    try {
      return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * PAGE_KIB;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
