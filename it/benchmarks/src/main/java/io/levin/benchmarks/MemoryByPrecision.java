package io.levin.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.callback.Callback;
import io.levin.launcher.Levin;
import io.levin.module.LevinModule;
import io.levin.trainer.Trainer;
import java.util.concurrent.atomic.AtomicLong;

/** Resident memory over 20,000 tiny steps, in every precision, one after the other. */
public final class MemoryByPrecision {
  private static final int STEPS = 20_000;
  private static final int WARM = 5_000;
  private static final int[] WIDTHS = {32, 32, 1};

  private MemoryByPrecision() {}

  public static void main(String[] arguments) {
    System.out.println("| arguments | KiB after 5,000 steps | after 20,000 | bytes a step |");
    System.out.println("|---|---|---|---|");
    try (Levin levin = Levin.start()) {
      TrainerLoop loop = new TrainerLoop(levin, WIDTHS, Mlp.data(WIDTHS, 8 * 79), 8);
      for (String line : arguments.length == 0 ? Line.PRECISIONS : arguments) {
        AtomicLong warm = new AtomicLong();
        AtomicLong last = new AtomicLong();
        loop.run(
            STEPS,
            1,
            line,
            new Callback() {
              @Override
              public void onTrainBatchEnd(
                  Trainer trainer, LevinModule module, NDArray loss, NDList batch, int index) {
                if (trainer.globalStep() == WARM) {
                  warm.set(Memory.resident());
                } else if (trainer.globalStep() == STEPS) {
                  last.set(Memory.resident());
                }
              }
            });
        System.out.printf(
            "| `%s` | %,d | %,d | %.1f |%n",
            line, warm.get(), last.get(), (last.get() - warm.get()) * 1024.0 / (STEPS - WARM));
      }
    }
  }
}
