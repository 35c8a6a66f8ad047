package io.levin.module;

/**
 * Where a logged metric goes. Unset ({@code null}) means the habit of the place: on the step while
 * training, averaged over the epoch in validation and test.
 *
 * @param onStep keep the value of this step
 * @param onEpoch keep the mean over the epoch
 * @param progressBar show it beside the progress bar
 * @param sync with several ranks, write the mean of their values of a step; else rank 0's is
 *     written. Means over an epoch are those of all ranks anyway
 */
public record LogOptions(Boolean onStep, Boolean onEpoch, boolean progressBar, boolean sync) {
  public static final LogOptions DEFAULT = new LogOptions(null, null, false, false);
  public static final LogOptions ON_EPOCH = new LogOptions(false, true, false, false);
  public static final LogOptions PROGRESS_BAR = new LogOptions(null, null, true, false);

  public LogOptions(Boolean onStep, Boolean onEpoch, boolean progressBar) {
    this(onStep, onEpoch, progressBar, false);
  }

  public LogOptions onProgressBar() {
    return new LogOptions(onStep, onEpoch, true, sync);
  }

  /** The mean over all ranks, where the value of a step is written. */
  public LogOptions synced() {
    return new LogOptions(onStep, onEpoch, progressBar, true);
  }
}
