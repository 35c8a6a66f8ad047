package io.levin.checkpoint;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A tensor of a checkpoint: a strided view of {@link Bytes}, which it may share with others.
 *
 * <p>Compared by identity, as PyTorch's tensors are.
 */
public final class Tensor {
  private final DType dtype;
  private final long[] shape;
  private final long[] stride;
  private final long offset;
  private final Bytes storage;
  private final boolean parameter;

  /**
   * @param stride elements from one index to the next, per axis; not negative
   * @param offset of the first element in the storage, in elements
   * @param parameter whether PyTorch is to read it as a {@code torch.nn.Parameter}
   * @throws IllegalArgumentException when an element would lie outside of the storage
   */
  public Tensor(
      DType dtype, long[] shape, long[] stride, long offset, Bytes storage, boolean parameter) {
    this.dtype = requireNonNull(dtype, "dtype");
    this.shape = shape.clone();
    this.stride = stride.clone();
    this.offset = offset;
    this.storage = requireNonNull(storage, "storage");
    this.parameter = parameter;
    TensorBounds.check(this);
  }

  /** A row-major tensor that is all of its storage. */
  public static Tensor of(DType dtype, long[] shape, Bytes storage) {
    return new Tensor(dtype, shape, rowMajor(shape), 0, storage, false);
  }

  public Tensor asParameter() {
    return new Tensor(dtype, shape, stride, offset, storage, true);
  }

  public DType dtype() {
    return dtype;
  }

  public long[] shape() {
    return shape.clone();
  }

  public long[] stride() {
    return stride.clone();
  }

  public long offset() {
    return offset;
  }

  public Bytes storage() {
    return storage;
  }

  public boolean parameter() {
    return parameter;
  }

  /** Number of elements. */
  public long elements() {
    long elements = 1;
    for (long size : shape) {
      elements = Math.multiplyExact(elements, size);
    }
    return elements;
  }

  /** Size of all elements in bytes. */
  public long size() {
    return elements() * dtype.bytes();
  }

  /** Whether the elements lie in row-major order without gaps. */
  public boolean contiguous() {
    long expected = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      if (shape[axis] != 1 && stride[axis] != expected) {
        return elements() == 0;
      }
      expected *= shape[axis];
    }
    return true;
  }

  /**
   * Elements in row-major order, little-endian.
   *
   * @param from first byte, from 0; a multiple of the element size
   * @param into is filled; room for whole elements
   */
  public void read(long from, ByteBuffer into) {
    if (contiguous()) {
      storage.read(offset * dtype.bytes() + from, into);
    } else {
      Strided.read(this, from / dtype.bytes(), into);
    }
  }

  /** Strides of a row-major tensor. */
  public static long[] rowMajor(long... shape) {
    long[] stride = new long[shape.length];
    long elements = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      stride[axis] = elements;
      elements = Math.multiplyExact(elements, Math.max(shape[axis], 1));
    }
    return stride;
  }

  @Override
  public String toString() {
    return "%s%s".formatted(dtype.label(), Arrays.toString(shape));
  }
}
