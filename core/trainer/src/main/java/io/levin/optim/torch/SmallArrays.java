package io.levin.optim.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory of a few small arrays, worked on from Java: for a thousand numbers the way into
 * libtorch costs more than all the arithmetic.
 */
final class SmallArrays {
  private static final int LARGEST = 1 << 16;
  private static final byte[] ZEROS = new byte[LARGEST];

  private final List<ByteBuffer> memory;

  private final FloatBuffer[] floats;

  private SmallArrays(List<ByteBuffer> memory, boolean areFloats) {
    this.memory = memory;
    floats =
        areFloats
            ? memory.stream()
                .map(bytes -> bytes.order(ByteOrder.nativeOrder()).asFloatBuffer())
                .toArray(FloatBuffer[]::new)
            : null;
  }

  /** Null when the arrays are too large, or their memory cannot be reached. */
  static SmallArrays of(List<NDArray> arrays) {
    List<ByteBuffer> memory = new ArrayList<>(arrays.size());
    long bytes = 0;
    boolean areFloats = true;
    for (NDArray array : arrays) {
      if (!array.getDevice().getDeviceType().equals("cpu")) {
        return null;
      }
      ByteBuffer own = array.toByteBuffer(true);
      bytes += own.remaining(); // the engine does not know how many bytes a bfloat16 has
      if (bytes > LARGEST || own.remaining() == 0 || !isShared(own, array.toByteBuffer(true))) {
        return null;
      }
      memory.add(own);
      areFloats &= array.getDataType() == DataType.FLOAT32;
    }
    return new SmallArrays(memory, areFloats);
  }

  /** Of an array that is not contiguous the engine gives copies. */
  private static boolean isShared(ByteBuffer one, ByteBuffer other) {
    byte before = one.get(0);
    one.put(0, (byte) ~before);
    boolean shared = other.get(0) == (byte) ~before;
    one.put(0, before);
    return shared;
  }

  /**
   * Adds each of {@code others}, times a factor, to the array of the same index, in one rounding as
   * libtorch does.
   *
   * @return whether it was done: only for float32
   */
  boolean add(SmallArrays others, float factor) {
    if (floats == null || others.floats == null) {
      return false;
    }
    for (int i = 0; i < floats.length; i++) {
      FloatBuffer to = floats[i];
      FloatBuffer from = others.floats[i];
      for (int k = 0; k < to.limit(); k++) {
        to.put(k, Math.fma(from.get(k), factor, to.get(k)));
      }
    }
    return true;
  }

  void zero() {
    for (int i = 0; i < memory.size(); i++) {
      ByteBuffer bytes = memory.get(i);
      bytes.put(0, ZEROS, 0, bytes.limit());
    }
  }
}
