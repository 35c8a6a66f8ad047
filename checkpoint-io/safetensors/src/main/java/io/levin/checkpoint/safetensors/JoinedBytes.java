package io.levin.checkpoint.safetensors;

import io.levin.checkpoint.Bytes;
import java.nio.ByteBuffer;
import java.util.List;

/** Pieces of memory, one after the other; of no more than is asked for is anything read. */
final class JoinedBytes implements Bytes {
  private final List<Bytes> pieces;

  JoinedBytes(List<Bytes> pieces) {
    this.pieces = List.copyOf(pieces);
  }

  @Override
  public long size() {
    return pieces.stream().mapToLong(Bytes::size).sum();
  }

  @Override
  public void read(long offset, ByteBuffer into) {
    int limit = into.limit();
    long begin = 0;
    for (Bytes piece : pieces) {
      long within = offset - begin;
      if (into.position() < limit && within < piece.size()) {
        int length = (int) Math.min(limit - into.position(), piece.size() - within);
        into.limit(into.position() + length);
        piece.read(within, into);
        offset += length;
        into.limit(limit);
      }
      begin += piece.size();
    }
    if (into.hasRemaining()) {
      throw new IndexOutOfBoundsException(
          "%d bytes from %d of %d".formatted(into.remaining(), offset, size()));
    }
  }
}
