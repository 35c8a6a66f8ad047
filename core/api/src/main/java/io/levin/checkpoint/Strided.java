package io.levin.checkpoint;

import java.nio.ByteBuffer;

/** Reads views that are not row-major, element by element: they are rare in checkpoints. */
final class Strided {
  private Strided() {}

  static void read(Tensor tensor, long first, ByteBuffer into) {
    long[] shape = tensor.shape();
    long[] stride = tensor.stride();
    int width = tensor.dtype().bytes();
    long[] index = index(shape, first);
    Window window = new Window(tensor.storage());
    while (into.remaining() >= width) {
      long at = tensor.offset();
      for (int axis = 0; axis < shape.length; axis++) {
        at += index[axis] * stride[axis];
      }
      window.copy(at * width, width, into);
      advance(index, shape);
    }
  }

  private static long[] index(long[] shape, long element) {
    long[] index = new long[shape.length];
    long rest = element;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    return index;
  }

  private static void advance(long[] index, long[] shape) {
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]++;
      if (index[axis] < shape[axis]) {
        return;
      }
      index[axis] = 0;
    }
  }

  /** Keeps the neighbourhood of the last element, so that a file is not read per element. */
  private static final class Window {
    private static final int SIZE = 1 << 16;
    private final Bytes storage;
    private long start;
    private ByteBuffer held = ByteBuffer.allocate(0);

    Window(Bytes storage) {
      this.storage = storage;
    }

    void copy(long at, int width, ByteBuffer into) {
      if (at < start || at + width > start + held.limit()) {
        start = at;
        held = storage.view(at, (int) Math.min(SIZE, storage.size() - at));
      }
      int from = (int) (at - start);
      for (int i = 0; i < width; i++) {
        into.put(held.get(from + i));
      }
    }
  }
}
