package io.levin.checkpoint;

import io.levin.LevinException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A run of bytes in a file. Reads may come from several threads. */
public class FileBytes implements Bytes {
  private final FileChannel channel;
  private final String file;
  private final long start;
  private final long size;

  /**
   * @param channel stays the caller's, who keeps it open as long as the bytes are read
   * @param file its name, for failures
   * @param start its first byte in the file
   */
  public FileBytes(FileChannel channel, String file, long start, long size) {
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

  /** A failure that names the file and the first of these bytes. */
  protected final BadCheckpointException bad(String what) {
    return new BadCheckpointException("%s, byte %d".formatted(file, start), what);
  }
}
