package io.levin.plan;

/** Points on the scale by which fits of one family are compared; any number between is fine. */
public final class Specificity {
  /** Taken when nothing else is: LightningEnvironment, the CPU, plain checkpoints. */
  public static final int FALLBACK = 0;

  /** Right for any request of its kind: PrecisionPlugin for 32. */
  public static final int GENERAL = 100;

  /** Made for something this request has: a scheduler's variables, a kind of strategy. */
  public static final int PARTICULAR = 200;

  /** Made for this kind of device. */
  public static final int DEVICE = 300;

  /** The user named it. The planner raises every named offer to this; an offer need not. */
  public static final int NAMED = 1000;

  private Specificity() {}
}
