package io.levin.strategy.builtin;

/** What is kept in parts, each stage with all before it; the numbers are those of ZeRO. */
public enum Stage {
  /** The optimizers' state. */
  OPTIMIZER(1),
  /** Gradients: reduced, and given back, as soon as a block's backward pass is through. */
  GRADIENTS(2),
  /** Parameters: whole only while their block computes. */
  PARAMETERS(3);

  private final int number;

  Stage(int number) {
    this.number = number;
  }

  /** ZeRO's number. */
  public int number() {
    return number;
  }

  static Stage of(int number) {
    return values()[number - 1];
  }
}
