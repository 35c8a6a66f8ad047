package io.levin.module;

/**
 * Where a logged metric goes. Unset ({@code null}) means the habit of the place: on the step while
 * training, averaged over the epoch in validation and test.
 *
 * @param onStep keep the value of this step
 * @param onEpoch keep the mean over the epoch
 * @param progressBar show it beside the progress bar
 */
public record LogOptions(Boolean onStep, Boolean onEpoch, boolean progressBar) {
  public static final LogOptions DEFAULT = new LogOptions(null, null, false);
  public static final LogOptions ON_EPOCH = new LogOptions(false, true, false);
  public static final LogOptions PROGRESS_BAR = new LogOptions(null, null, true);

  public LogOptions onProgressBar() {
    return new LogOptions(onStep, onEpoch, true);
  }
}
