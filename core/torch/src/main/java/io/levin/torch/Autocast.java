package io.levin.torch;

import com.sun.jna.Function;
import java.util.List;

/**
 * libtorch's own automatic casting for the calling thread: matrix products and convolutions compute
 * in 16 bits, what needs more stays in 32, and parameters stay as they are.
 *
 * <p>Open it around forward passes only, and close it before backward, on the same thread. Regions
 * may be nested; what held before holds again after {@link #close}.
 */
public final class Autocast implements AutoCloseable {
  /** What the casts are to; the codes are libtorch's. */
  public enum To {
    FP16(5),
    BF16(15);

    private final int code;

    To(int code) {
      this.code = code;
    }
  }

  private static final int CPU = 0;
  private static final String NAMESPACE = "_ZN2at8autocast";
  private static final String DEVICE = "EN3c1010DeviceTypeE";

  /** Looked up once: a lookup costs more than a call. */
  private static final class Functions {
    static final Function IS_ENABLED = function("19is_autocast_enabled" + DEVICE);
    static final Function ENABLE = function("20set_autocast_enabled" + DEVICE + "b");
    static final Function DTYPE = function("18get_autocast_dtype" + DEVICE);
    static final Function SET_DTYPE =
        function("18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE");
    static final Function INCREMENT = function("17increment_nestingEv");
    static final Function DECREMENT = function("17decrement_nestingEv");
    static final Function CLEAR_CACHE = function("11clear_cacheEv");

    private static Function function(String name) {
      return LibTorch.function(NAMESPACE + name);
    }
  }

  private final boolean wasEnabled;
  private final int formerType;

  private Autocast(boolean wasEnabled, int formerType) {
    this.wasEnabled = wasEnabled;
    this.formerType = formerType;
  }

  /** Whether this platform's libtorch has what is needed. */
  public static boolean isAvailable() {
    return List.of(
            "19is_autocast_enabled" + DEVICE,
            "20set_autocast_enabled" + DEVICE + "b",
            "18get_autocast_dtype" + DEVICE,
            "18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE",
            "17increment_nestingEv",
            "17decrement_nestingEv",
            "11clear_cacheEv")
        .stream()
        .allMatch(name -> LibTorch.find(NAMESPACE + name).isPresent());
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
    Functions.ENABLE.invoke(void.class, new Object[] {CPU, wasEnabled ? 1 : 0});
    Functions.SET_DTYPE.invoke(void.class, new Object[] {CPU, formerType});
    if ((int) Functions.DECREMENT.invoke(int.class, new Object[0]) == 0) {
      Functions.CLEAR_CACHE.invoke(void.class, new Object[0]);
    }
  }
}
