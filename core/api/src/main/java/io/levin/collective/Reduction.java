package io.levin.collective;

/** How the arrays of all ranks become one, element by element. */
public enum Reduction {
  SUM,
  /** The sum, divided by the number of ranks; of floating-point arrays only. */
  MEAN,
  MAX
}
