package io.levin.checkpoint;

import static java.util.Objects.requireNonNull;

/**
 * In a checkpoint that several ranks write: the rows of a tensor that one of them has.
 *
 * @param part the rows, which may be none; of a tensor without axes, one row of one element
 * @param shape of the whole tensor
 * @param first which row of the whole tensor is the part's first, from 0
 */
public record TensorShard(Tensor part, long[] shape, long first) {
  public TensorShard {
    requireNonNull(part, "part");
    shape = shape.clone();
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }
}
