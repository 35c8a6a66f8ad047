package io.levin.torch;

import ai.djl.ndarray.NDArray;
import com.sun.jna.Function;

/**
 * libtorch's own automatic casting for the calling thread: matrix products and convolutions compute
 * in 16 bits, what needs more stays in 32, and parameters stay as they are.
 *
 * <p>Open it around forward passes only, and close it before backward, on the same thread. Regions
 * may be nested; what held before holds again after {@link #close}.
 */
public final class Autocast implements Region {
  /** What the casts are to; the codes are libtorch's. */
  public enum To {
    FP16(5),
    BF16(15);

    private final int code;

    To(int code) {
      this.code = code;
    }

    /** The array in this type, recorded. */
    NDArray cast(NDArray array) {
      return this == FP16 ? Casts.toFp16(array) : Casts.toBf16(array);
    }
  }

  private static final int CPU = 0;
  private static final String NAMESPACE = "_ZN2at8autocast";
  private static final String DEVICE = "EN3c1010DeviceTypeE";
  private static final String IS_ENABLED = NAMESPACE + "19is_autocast_enabled" + DEVICE;
  private static final String ENABLE = NAMESPACE + "20set_autocast_enabled" + DEVICE + "b";
  private static final String DTYPE = NAMESPACE + "18get_autocast_dtype" + DEVICE;
  private static final String SET_DTYPE =
      NAMESPACE + "18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE";
  private static final String INCREMENT = NAMESPACE + "17increment_nestingEv";
  private static final String DECREMENT = NAMESPACE + "17decrement_nestingEv";
  private static final String CLEAR_CACHE = NAMESPACE + "11clear_cacheEv";

  /** Looked up once: a lookup costs more than a call. */
  private static final class Functions {
    static final Function IS_ENABLED = LibTorch.function(Autocast.IS_ENABLED);
    static final Function ENABLE = LibTorch.function(Autocast.ENABLE);
    static final Function DTYPE = LibTorch.function(Autocast.DTYPE);
    static final Function SET_DTYPE = LibTorch.function(Autocast.SET_DTYPE);
    static final Function INCREMENT = LibTorch.function(Autocast.INCREMENT);
    static final Function DECREMENT = LibTorch.function(Autocast.DECREMENT);
    static final Function CLEAR_CACHE = LibTorch.function(Autocast.CLEAR_CACHE);
  }

  private final Thread thread = Thread.currentThread();
  private final boolean wasEnabled;
  private final int formerType;
  private boolean isClosed;

  private Autocast(boolean wasEnabled, int formerType) {
    this.wasEnabled = wasEnabled;
    this.formerType = formerType;
  }

  /** Why it cannot be had on this platform; empty when it can. */
  public static String missing() {
    return LibTorch.missing(
        IS_ENABLED, ENABLE, DTYPE, SET_DTYPE, INCREMENT, DECREMENT, CLEAR_CACHE);
  }

  /** Whether this platform's libtorch has what is needed. */
  public static boolean isAvailable() {
    return missing().isEmpty();
  }

  /** Switches casting on for this thread. */
  public static Autocast open(To type) {
    int enabled = (int) Functions.IS_ENABLED.invoke(int.class, new Object[] {CPU}) & 1;
    int former = (int) Functions.DTYPE.invoke(int.class, new Object[] {CPU}) & 0xff;
    Functions.SET_DTYPE.invoke(void.class, new Object[] {CPU, type.code});
    Functions.INCREMENT.invoke(int.class, new Object[0]);
    Functions.ENABLE.invoke(void.class, new Object[] {CPU, 1});
    return new Autocast(enabled != 0, former);
  }

  /** Puts back what held before; leaving the outermost region forgets the casts of weights. */
  @Override
  public void close() {
    if (Thread.currentThread() != thread) {
      throw new IllegalStateException(
          "autocast was opened on thread '%s' and can only be closed there"
              .formatted(thread.getName()));
    }
    if (isClosed) {
      return;
    }
    isClosed = true;
    Functions.ENABLE.invoke(void.class, new Object[] {CPU, wasEnabled ? 1 : 0});
    Functions.SET_DTYPE.invoke(void.class, new Object[] {CPU, formerType});
    if ((int) Functions.DECREMENT.invoke(int.class, new Object[0]) == 0) {
      Functions.CLEAR_CACHE.invoke(void.class, new Object[0]);
    }
  }
}
