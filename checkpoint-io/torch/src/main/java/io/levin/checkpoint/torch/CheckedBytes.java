package io.levin.checkpoint.torch;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;

/**
 * A record whose checksum is verified while it is read: reads from the start onwards are summed as
 * they go, and the last of them fails when the sum is wrong; any other first read sums all of it
 * beforehand.
 */
final class CheckedBytes extends FileBytes {
  private static final int CHUNK = 1 << 20;

  private final String record;
  private final int expected;
  private final CRC32 sum = new CRC32();
  private long summed;
  private boolean verified;

  CheckedBytes(FileChannel channel, String file, long start, ZipIndex.Record record) {
    super(channel, file, start, record.size());
    this.record = record.name();
    expected = record.crc();
  }

  @Override
  public synchronized void read(long offset, ByteBuffer into) {
    if (!verified && offset != summed) {
      verify();
    }
    int from = into.position();
    super.read(offset, into);
    if (!verified) {
      sum(into.duplicate().flip().position(from));
    }
  }

  /** Reads what has not been read yet, to verify it. */
  synchronized void verify() {
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, size() - summed));
    while (!verified) {
      chunk.clear().limit((int) Math.min(CHUNK, size() - summed));
      super.read(summed, chunk);
      sum(chunk.flip());
    }
  }

  private void sum(ByteBuffer bytes) {
    summed += bytes.remaining();
    sum.update(bytes);
    if (summed == size()) {
      if ((int) sum.getValue() != expected) {
        throw bad(
            "record '%s' is damaged: its CRC-32 is %08x, not %08x"
                .formatted(record, (int) sum.getValue(), expected));
      }
      verified = true;
    }
  }
}
