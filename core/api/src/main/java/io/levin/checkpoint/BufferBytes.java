package io.levin.checkpoint;

import java.nio.ByteBuffer;

/** Bytes in memory. */
final class BufferBytes implements Bytes {
  private final ByteBuffer buffer;

  BufferBytes(ByteBuffer buffer) {
    this.buffer = buffer.duplicate().rewind();
  }

  @Override
  public long size() {
    return buffer.limit();
  }

  @Override
  public void read(long offset, ByteBuffer into) {
    into.put(view(offset, into.remaining()));
  }

  @Override
  public ByteBuffer view(long offset, int length) {
    return buffer.slice(Math.toIntExact(offset), length);
  }
}
