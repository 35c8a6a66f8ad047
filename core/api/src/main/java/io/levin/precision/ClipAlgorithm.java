package io.levin.precision;

/** How gradients are clipped. */
public enum ClipAlgorithm {
  /** Scaled down together, to an L2 norm. */
  NORM,
  /** Element by element. */
  VALUE
}
