package io.levin.checkpoint.torch;

import io.levin.LevinException;
import io.levin.checkpoint.BadCheckpointException;
import io.levin.checkpoint.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A run of bytes in a file. Reads may come from several threads. */
class FileBytes implements Bytes {
  private final FileChannel channel;
  private final String file;
  private final long start;
  private final long size;

  /**
   * @param start its first byte in the file
   */
  FileBytes(FileChannel channel, String file, long start, long size) {
    this.channel = channel;
    this.file = file;
    this.start = start;
    this.size = size;
  }

  @Override
  public final long size() {
    return size;
  }

  @Override
  public void read(long offset, ByteBuffer into) {
    if (offset < 0 || into.remaining() > size - offset) {
      throw new IndexOutOfBoundsException(
          "%d bytes from %d of %d".formatted(into.remaining(), offset, size));
    }
    long at = start + offset;
    try {
      while (into.hasRemaining()) {
        int count = channel.read(into, at);
        if (count < 0) {
          throw new BadCheckpointException(
              "%s, byte %d".formatted(file, at), "the file ends early");
        }
        at += count;
      }
    } catch (IOException e) {
      throw LevinException.resource(
          "'%s' could not be read at byte %d: %s.".formatted(file, at, e.getMessage()),
          "Check the disk, or give another checkpoint.",
          e);
    }
  }

  final BadCheckpointException bad(String what) {
    return new BadCheckpointException("%s, byte %d".formatted(file, start), what);
  }
}
