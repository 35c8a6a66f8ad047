package io.levin.checkpoint;

/** What makes a tensor well-formed; sizes come from files that nobody vouches for. */
final class TensorBounds {
  /** Elements that repeat may not blow up a small storage beyond this many bytes. */
  private static final long MOST_REPEATED = 256L << 20;

  private TensorBounds() {}

  static void check(Tensor tensor) {
    long[] shape = tensor.shape();
    long[] stride = tensor.stride();
    require(shape.length == stride.length, "%d sizes but %d strides", shape.length, stride.length);
    require(shape.length <= 64, "%d dimensions are more than 64", shape.length);
    require(tensor.offset() >= 0, "offset %d is negative", tensor.offset());
    long held = tensor.storage().size() / tensor.dtype().bytes();
    try {
      long last = tensor.offset();
      long elements = 1;
      for (int axis = 0; axis < shape.length; axis++) {
        require(shape[axis] >= 0, "size %d is negative", shape[axis]);
        require(stride[axis] >= 0, "stride %d is negative", stride[axis]);
        elements = Math.multiplyExact(elements, shape[axis]);
        last = Math.addExact(last, Math.multiplyExact(Math.max(shape[axis] - 1, 0), stride[axis]));
      }
      if (elements == 0) {
        return;
      }
      require(last < held, "element %d lies beyond its storage of %d elements", last, held);
      long bytes = Math.multiplyExact(elements, (long) tensor.dtype().bytes());
      require(
          bytes <= Math.max(MOST_REPEATED, tensor.storage().size()),
          "%d elements repeat a storage of only %d",
          elements,
          held);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("its sizes and strides overflow", e);
    }
  }

  private static void require(boolean holds, String otherwise, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise.formatted(values));
    }
  }
}
