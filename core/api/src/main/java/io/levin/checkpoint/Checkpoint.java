package io.levin.checkpoint;

/**
 * What is kept: a tree of values, without any type of an engine.
 *
 * <p>Its nodes are null, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code Double}, {@code
 * String}, {@code byte[]}, {@link Tensor}, {@code List}, {@link Tuple}, {@code Set}, {@code Map}
 * (an {@link OrderedDict} where PyTorch has one), {@link Complex} and {@link Opaque}. Writers take
 * every {@code Number} of Java as well. A loaded checkpoint reads its tensors from the file when
 * they are asked for: close it when done.
 */
public interface Checkpoint extends AutoCloseable {
  /** The outermost value, for Trainer checkpoints a map. */
  Object root();

  @Override
  void close();

  /** A checkpoint of values in memory, which stay the caller's. */
  static Checkpoint of(Object root) {
    return new Checkpoint() {
      @Override
      public Object root() {
        return root;
      }

      @Override
      public void close() {}
    };
  }
}
