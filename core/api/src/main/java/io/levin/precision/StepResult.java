package io.levin.precision;

/** What became of an optimizer step. */
public enum StepResult {
  STEPPED,
  /** The gradients were not finite: the update was left out. */
  SKIPPED,
  /** No batch of the window was propagated. */
  NOTHING_TO_DO
}
