package io.levin.torch;

import com.sun.jna.Pointer;

/** Whether libtorch may use operations whose results differ from run to run; for the process. */
public final class Determinism {
  private static final String CONTEXT = "_ZN2at13globalContextEv";
  private static final String SET = "_ZN2at7Context26setDeterministicAlgorithmsEbb";
  private static final String GET = "_ZNK2at7Context23deterministicAlgorithmsEv";

  private Determinism() {}

  public static boolean isAvailable() {
    return LibTorch.find(SET).isPresent();
  }

  /** On: an operation that has no deterministic form fails and says so. */
  public static void require(boolean on) {
    LibTorch.function(SET).invoke(void.class, new Object[] {context(), on ? 1 : 0, 0});
  }

  public static boolean isRequired() {
    return ((int) LibTorch.function(GET).invoke(int.class, new Object[] {context()}) & 1) != 0;
  }

  private static Pointer context() {
    return (Pointer) LibTorch.function(CONTEXT).invoke(Pointer.class, new Object[0]);
  }
}
