package io.levin.torch;

import com.sun.jna.Pointer;

/**
 * libtorch's watch over backward passes, for the process: the first function that gives a NaN ends
 * the pass with an exception that names it. It costs time in every pass.
 */
public final class Anomaly {
  private static final String ENABLED = "_ZN5torch8autograd11AnomalyMode8_enabledE";
  private static final String CHECKS_NAN = "_ZN5torch8autograd11AnomalyMode10_check_nanE";

  private Anomaly() {}

  public static boolean isAvailable() {
    return LibTorch.variable(ENABLED).isPresent() && LibTorch.variable(CHECKS_NAN).isPresent();
  }

  public static void detect(boolean on) {
    LibTorch.variable(CHECKS_NAN).ifPresent(flag -> set(flag, true));
    LibTorch.variable(ENABLED).ifPresent(flag -> set(flag, on));
  }

  private static void set(Pointer flag, boolean on) {
    flag.setByte(0, (byte) (on ? 1 : 0));
  }
}
