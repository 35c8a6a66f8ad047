package io.levin.checkpoint;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.Checksum;

/**
 * Bytes of a file whose checksum is verified while they are read: reads from the start onwards are
 * summed as they go, and the last of them fails when the sum is wrong; any other first read sums
 * all of it beforehand. Reads may come from several threads.
 */
public final class CheckedBytes extends FileBytes {
  private static final int CHUNK = 1 << 20;

  private final String name;
  private final Sum expected;
  private long summed;
  private boolean verified;

  /**
   * What the bytes must add up to.
   *
   * @param label of the algorithm, for example {@code CRC-32}
   * @param checksum fresh, and used by nobody else
   */
  public record Sum(String label, Checksum checksum, int value) {}

  /**
   * @param name what the bytes are, for failures, for example {@code record 'data/0'}
   * @param start their first byte in the file
   */
  public CheckedBytes(
      FileChannel channel, String file, long start, long size, String name, Sum expected) {
    super(channel, file, start, size);
    this.name = name;
    this.expected = expected;
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

  /**
   * Reads what has not been read yet, to verify it.
   *
   * @throws BadCheckpointException when the bytes are not those that were written
   */
  public synchronized void verify() {
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, size() - summed));
    while (!verified) {
      chunk.clear().limit((int) Math.min(CHUNK, size() - summed));
      super.read(summed, chunk);
      sum(chunk.flip());
    }
  }

  private void sum(ByteBuffer bytes) {
    summed += bytes.remaining();
    expected.checksum().update(bytes);
    if (summed == size()) {
      int found = (int) expected.checksum().getValue();
      if (found != expected.value()) {
        throw bad(
            "%s is damaged: its %s is %08x, not %08x"
                .formatted(name, expected.label(), found, expected.value()));
      }
      verified = true;
    }
  }
}
