package io.levin.engine;

import ai.djl.pytorch.engine.PtNDArray;

/**
 * Looks at the arrays of convolutions and pools before DJL's native side does: an array with other
 * than one to three axes besides batch and channels ends the process there.
 */
public final class Ranks {
  private static final int LEAST = 3;
  private static final int MOST = 5;

  private Ranks() {}

  /**
   * Called by the mended class.
   *
   * @throws IllegalArgumentException for an array that the operation does not know
   */
  public static void check(PtNDArray array, String operation) {
    int rank = array.getShape().dimension();
    if (rank < LEAST || rank > MOST) {
      throw new IllegalArgumentException(
          "%s takes arrays of batch, channels and one to three more axes, and was given one of shape %s"
              .formatted(operation, array.getShape()));
    }
  }
}
