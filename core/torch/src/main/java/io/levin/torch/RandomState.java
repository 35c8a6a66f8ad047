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

/**
 * The state of the CPU's random number generator, as {@code torch.get_rng_state()} gives it: what
 * dropout and random initialization draw from.
 */
public final class RandomState {
  private static final String GENERATOR = "_ZN2at6detail22getDefaultCPUGeneratorEv";
  private static final String GET = "_ZNK2at16CPUGeneratorImpl9get_stateEv";
  private static final String SET = "_ZN2at16CPUGeneratorImpl9set_stateERKN3c1010TensorImplE";

  private RandomState() {}

  /** Whether this platform's libtorch lets the state be read. */
  public static boolean isAvailable() {
    return LibTorch.find(GET).isPresent() && LibTorch.find(SET).isPresent();
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
    if (state.length != get().length) {
      throw new IllegalArgumentException(
          "a state of the random numbers has %d bytes, not %d"
              .formatted(get().length, state.length));
    }
    try (NDManager manager = NDManager.newBaseManager();
        NDArray array =
            manager.create(ByteBuffer.wrap(state), new Shape(state.length), DataType.UINT8)) {
      Pointer tensor = new Pointer(((PtNDArray) array).getHandle()).getPointer(0);
      LibTorch.function(SET).invoke(Void.class, new Object[] {generator(), tensor});
    }
  }

  private static Pointer generator() {
    Pointer reference = (Pointer) LibTorch.function(GENERATOR).invoke(Pointer.class, new Object[0]);
    return reference.getPointer(0);
  }
}
