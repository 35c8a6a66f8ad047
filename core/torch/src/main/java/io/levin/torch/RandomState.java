package io.levin.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The state of the CPU's random number generator, as {@code torch.get_rng_state()} gives it: what
 * dropout and random initialization draw from.
 */
public final class RandomState {
  private static final String GENERATOR = "_ZN2at6detail22getDefaultCPUGeneratorEv";
  private static final String GET = "_ZNK2at16CPUGeneratorImpl9get_stateEv";
  private static final String SET = "_ZN2at16CPUGeneratorImpl9set_stateERKN3c1010TensorImplE";

  /** Bytes of a state: the seed, the position, the words, and a normal number in reserve. */
  private static final int SIZE = 5056;

  private static final int WORDS = 624;
  private static final int LEFT = 8;
  private static final int SEEDED = 12;
  private static final int NEXT = 16;

  private RandomState() {}

  /** Why it cannot be had on this platform; empty when it can. */
  public static String missing() {
    String processor = System.getProperty("os.arch");
    if (!processor.equals("amd64") && !processor.equals("x86_64")) {
      // Elsewhere C++ returns objects through a register of its own, which JNA cannot set.
      return "not on a processor " + processor;
    }
    return LibTorch.missing(GENERATOR, GET, SET);
  }

  /** Whether this platform's libtorch lets the state be read and put back. */
  public static boolean isAvailable() {
    return missing().isEmpty();
  }

  /** The whole state, 5056 bytes. */
  public static byte[] get() {
    try (NDManager manager = NDManager.newBaseManager()) {
      // The C++ call puts the handle of the new tensor into memory of ours, which becomes a
      // tensor's own handle; libtorch frees it with the array.
      Pointer handle = new Pointer(Native.malloc(Native.POINTER_SIZE));
      LibTorch.function(GET).invoke(Pointer.class, new Object[] {handle, generator()});
      try (NDArray state = new PtNDArray((PtNDManager) manager, Pointer.nativeValue(handle))) {
        return state.toByteArray();
      }
    }
  }

  /**
   * Puts a state back.
   *
   * @throws IllegalArgumentException when it is not one of {@link #get}
   */
  public static void set(byte[] state) {
    check(state);
    try (NDManager manager = NDManager.newBaseManager();
        NDArray array =
            manager.create(ByteBuffer.wrap(state), new Shape(state.length), DataType.UINT8)) {
      Pointer tensor = new Pointer(((PtNDArray) array).getHandle()).getPointer(0);
      LibTorch.function(SET).invoke(Void.class, new Object[] {generator(), tensor});
    }
  }

  /** What libtorch checks as well, but with a C++ exception, which would end the process. */
  private static void check(byte[] state) {
    if (state.length != SIZE) {
      throw new IllegalArgumentException(
          "a state of the random numbers has %d bytes, not %d".formatted(SIZE, state.length));
    }
    ByteBuffer bytes = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
    int left = bytes.getInt(LEFT);
    int next = (int) bytes.getLong(NEXT);
    boolean isSeeded = bytes.getInt(SEEDED) != 0;
    if (!isSeeded || left < 1 || left > WORDS || next < 0 || next > WORDS) {
      throw new IllegalArgumentException("the bytes are not a state of the random numbers");
    }
  }

  private static Pointer generator() {
    Pointer reference = (Pointer) LibTorch.function(GENERATOR).invoke(Pointer.class, new Object[0]);
    return reference.getPointer(0);
  }
}
