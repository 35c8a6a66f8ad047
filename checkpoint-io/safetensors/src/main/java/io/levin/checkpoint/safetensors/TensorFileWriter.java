package io.levin.checkpoint.safetensors;

import io.levin.checkpoint.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Writes a safetensors file from where the tensors are, and sums it on the way. */
final class TensorFileWriter {
  private static final int CHUNK = 4 << 20;

  /** Smaller pieces are gathered first: a write costs as much as copying so many bytes. */
  private static final int SMALL = 64 << 10;

  private final WritableByteChannel channel;
  private final Sums sums;
  private final ByteBuffer gathered = ByteBuffer.allocateDirect(1 << 20);
  private ByteBuffer scratch;
  private long size;

  /**
   * What was written.
   *
   * @param size in bytes
   * @param crc of all of it
   * @param headerCrc of the header with its length
   * @param tensors the sum of each tensor's bytes
   */
  record Written(long size, int crc, int headerCrc, Map<String, Integer> tensors) {}

  private TensorFileWriter(WritableByteChannel channel, Sums sums) {
    this.channel = channel;
    this.sums = sums;
  }

  /**
   * @param tensors in {@link HeaderWriter#ORDER}
   */
  static Written write(
      WritableByteChannel channel, List<Stored> tensors, Map<String, String> metadata)
      throws IOException {
    try (Sums sums = new Sums()) {
      return new TensorFileWriter(channel, sums).write(tensors, metadata);
    }
  }

  private Written write(List<Stored> tensors, Map<String, String> metadata) throws IOException {
    ByteBuffer header = HeaderWriter.header(tensors, metadata);
    int headerCrc = sums.of(header);
    put(header, false);
    Map<String, CRC32C> each = new LinkedHashMap<>();
    for (Stored tensor : tensors) {
      each.put(tensor.name(), sums.begin());
      content(tensor.content());
    }
    flush();
    int all = sums.total();
    Map<String, Integer> values = new LinkedHashMap<>();
    each.forEach((name, sum) -> values.put(name, (int) sum.getValue()));
    return new Written(size, all, headerCrc, values);
  }

  private void content(Tensor tensor) throws IOException {
    long start = tensor.offset() * tensor.dtype().bytes();
    for (long at = 0; at < tensor.size(); at += CHUNK) {
      int length = (int) Math.min(CHUNK, tensor.size() - at);
      if (tensor.contiguous()) {
        put(tensor.storage().view(start + at, length), length >= SMALL);
      } else {
        put(copied(tensor, at, length), false);
      }
    }
  }

  private ByteBuffer copied(Tensor tensor, long at, int length) {
    if (scratch == null) {
      scratch = ByteBuffer.allocate(CHUNK);
    }
    scratch.clear().limit(length);
    tensor.read(at, scratch);
    return scratch.flip();
  }

  /**
   * @param stays whether the bytes stay as they are until the file is written
   */
  private void put(ByteBuffer bytes, boolean stays) throws IOException {
    size += bytes.remaining();
    sums.add(bytes.duplicate(), stays);
    if (bytes.remaining() > gathered.remaining()) {
      flush();
    }
    if (bytes.remaining() < SMALL) {
      gathered.put(bytes.duplicate());
    } else {
      flush();
      write(bytes.duplicate());
    }
  }

  private void flush() throws IOException {
    write(gathered.flip());
    gathered.clear();
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
