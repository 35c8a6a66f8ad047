package io.levin.callback.builtin;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.levin.callback.Callback;
import io.levin.module.LevinModule;
import io.levin.trainer.Trainer;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far training is: a bar an epoch in a terminal, a plain line an epoch anywhere else, so
 * that logs stay readable.
 */
public final class ProgressReport implements Callback {
  private static final int UPDATES_MILLIS = 100;
  private static final long NANOS_BETWEEN_METRICS = 200_000_000L;

  private static final ProgressBarStyle LINE =
      ProgressBarStyle.builder()
          .leftBracket("")
          .rightBracket("")
          .block('━')
          .space(' ')
          .fractionSymbols("╸")
          .rightSideFractionSymbol(' ')
          .build();

  private final PrintStream out;
  private final int columns;
  private ProgressBar bar;
  private boolean isShown;
  private long epochStart;
  private long nextMetrics;

  /**
   * @param columns of the terminal; 0 where there is none
   */
  public ProgressReport(PrintStream out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public void onTrainStart(Trainer trainer, LevinModule module) {
    isShown = trainer.strategy().isGlobalZero();
    // A run that was resumed within an epoch does not start that one.
    epochStart = System.nanoTime();
  }

  @Override
  public void onTrainEpochStart(Trainer trainer, LevinModule module) {
    begin(trainer);
  }

  private void begin(Trainer trainer) {
    epochStart = System.nanoTime();
    if (columns == 0 || !isShown) {
      return;
    }
    bar =
        new ProgressBarBuilder()
            .setTaskName(epoch(trainer))
            .setInitialMax(trainer.trainBatches())
            .setStyle(Terminal.isUnicode() ? LINE : ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(UPDATES_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(out, columns - 1))
            .build();
  }

  private static String epoch(Trainer trainer) {
    return trainer.maxEpochs() < 0
        ? "epoch " + (trainer.currentEpoch() + 1)
        : "epoch %d/%d".formatted(trainer.currentEpoch() + 1, trainer.maxEpochs());
  }

  @Override
  public void onTrainBatchEnd(
      Trainer trainer, LevinModule module, NDArray loss, NDList batch, int batchIndex) {
    if (columns == 0 || !isShown) {
      return;
    }
    if (bar == null) {
      begin(trainer); // resumed within an epoch
    }
    bar.stepTo(batchIndex + 1L);
    long now = System.nanoTime();
    if (now - nextMetrics > 0) {
      nextMetrics = now + NANOS_BETWEEN_METRICS;
      bar.setExtraMessage(" " + metrics(trainer));
    }
  }

  @Override
  public void onValidationStart(Trainer trainer, LevinModule module) {
    if (bar != null && trainer.state() == Trainer.State.VALIDATING) {
      bar.setExtraMessage(" validating");
    }
  }

  @Override
  public void onTrainEpochEnd(Trainer trainer, LevinModule module) {
    if (bar != null) {
      bar.setExtraMessage(" " + metrics(trainer));
      close();
    } else if (columns == 0 && isShown) {
      double seconds = (System.nanoTime() - epochStart) / 1e9;
      out.printf(
          Locale.ROOT,
          "%s  step %d  %s  %.1f s%n",
          epoch(trainer),
          trainer.globalStep(),
          metrics(trainer),
          seconds);
    }
  }

  private static String metrics(Trainer trainer) {
    Map<String, Double> metrics = trainer.progressBarMetrics();
    return metrics.entrySet().stream()
        .map(entry -> "%s %s".formatted(entry.getKey(), number(entry.getValue())))
        .collect(Collectors.joining("  "));
  }

  private static String number(double value) {
    return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5 || value == 0
        ? String.format(Locale.ROOT, "%.4f", value)
        : String.format(Locale.ROOT, "%.2e", value);
  }

  @Override
  public void onTrainEnd(Trainer trainer, LevinModule module) {
    close();
  }

  @Override
  public void onException(Trainer trainer, LevinModule module, Throwable failure) {
    close();
  }

  private void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
