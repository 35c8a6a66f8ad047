package io.levin.checkpoint;

import java.nio.ByteBuffer;

/**
 * A run of bytes that tensors are views of, in memory or in a file; elements are little-endian.
 *
 * <p>Two tensors that share memory hold the same instance. It is valid as long as its owner: the
 * arrays that a checkpoint was built of, or the {@link Checkpoint} that was loaded.
 */
public interface Bytes {
  long size();

  /**
   * Fills what remains of a buffer.
   *
   * @param offset of the first byte, from 0
   * @throws io.levin.LevinException when the bytes cannot be read or are not what was written
   */
  void read(long offset, ByteBuffer into);

  /** The bytes themselves where they are in memory, without a copy; otherwise a copy of them. */
  default ByteBuffer view(long offset, int length) {
    ByteBuffer copy = ByteBuffer.allocate(length);
    read(offset, copy);
    return copy.flip();
  }

  /** The bytes of a buffer from 0 to its limit; the buffer itself, not a copy. */
  static Bytes of(ByteBuffer buffer) {
    return new BufferBytes(buffer);
  }

  static Bytes of(byte[] bytes) {
    return of(ByteBuffer.wrap(bytes));
  }
}
